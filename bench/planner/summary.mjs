import { median } from "../flags/median.mjs";

// Half a frame later than the screen wanted it.
const lateMilliseconds = 25;

/** What was measured in numbers: milliseconds, and shares of 1. Frames of all rounds count together, ratios round by round. */
export function summaryOf({ frames, times }) {
  const scenes = Object.entries(frames).map(([scene, seen]) => [scene, sceneOf(seen)]);
  const acts = Object.entries(times).map(([act, told]) => [act, mapped(told, timesOf)]);
  return { frames: Object.fromEntries(scenes), times: Object.fromEntries(acts) };
}

function sceneOf(seen) {
  return mapped(seen, (rounds) => ({ ...framesOf(rounds), times_floor: ratio(rounds, seen.floor) }));
}

function framesOf(rounds) {
  const intervals = sorted(rounds.flatMap((round) => round.intervals));
  const work = sorted(rounds.flatMap((round) => round.work));
  const each = (name) => mean(rounds.map(({ shares }) => shares[name]));
  return {
    frames: intervals.length,
    interval: percentiles(intervals),
    late: intervals.filter((one) => one > lateMilliseconds).length / intervals.length,
    work: percentiles(work),
    script: each("ScriptDuration"),
    style_and_layout: each("RecalcStyleDuration") + each("LayoutDuration"),
    long_tasks: rounds.flatMap((round) => round.longTasks).length,
  };
}

function timesOf(values) {
  return { times: values.length, p50: median(values), worst: Math.max(...values) };
}

/** The median over rounds of one's mean work a frame over the other's of the same round. */
function ratio(rounds, others) {
  return median(rounds.map(({ work }, round) => mean(work) / mean(others[round].work)));
}

function percentiles(values) {
  const at = (share) => values[Math.min(values.length - 1, Math.floor(values.length * share))];
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

function mapped(record, change) {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

function sorted(values) {
  return values.toSorted((a, b) => a - b);
}

function mean(values) {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}
