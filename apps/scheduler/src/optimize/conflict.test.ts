import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GenerateRequest, ScheduledEvent, Unscheduled } from "../contract/index.ts";
import { search } from "./builders.ts";
import { crowded, crowdedStart as start } from "./crowded.ts";
import { planWeek } from "./index.ts";

const minute = 60_000;
const dayMs = 1_440 * minute;

describe("what a task that was left out conflicts with", () => {
  it("leaves it no place together, and leaves it one without any one element (seed 11)", () => {
    let seen = 0;
    const kinds = new Set<string>();
    fc.assert(
      fc.property(crowded(), (request) => {
        const plan = planWeek(request, search(start, 40));
        for (const left of plan.unscheduled) {
          const { conflict } = left;
          expect(conflict, JSON.stringify(left)).not.toEqual([]);
          expect(hasPlace(request, plan.scheduled_events, left, conflict), JSON.stringify(left)).toBe(false);
          for (const element of conflict) {
            const others = conflict.filter((each) => each !== element);
            const message = `without ${element.text}: ${JSON.stringify(left)}`;
            expect(hasPlace(request, plan.scheduled_events, left, others), message).toBe(true);
            kinds.add(element.kind);
          }
          seen += 1;
        }
      }),
      { seed: 11, numRuns: 120 },
    );
    expect(seen).toBeGreaterThan(80);
    const all = ["cap", "constraint", "deadline", "dependency", "earliest_start", "event", "horizon", "hours", "lunch"];
    expect([...kinds].sort()).toEqual([...all, "rest", "task", "window"]);
  });
});

type Element = Unscheduled["conflict"][number];

/** By trying every quarter of an hour of three weeks, with nothing but the request, the plan and these elements. */
function hasPlace(
  request: GenerateRequest,
  plan: readonly ScheduledEvent[],
  { task_id: id }: Unscheduled,
  conflict: readonly Element[],
): boolean {
  const task = request.tasks.find((each) => each.id === id);
  if (!task) throw new RangeError(`no task ${id}`);
  const is = (kind: Element["kind"]) => conflict.some((each) => each.kind === kind);
  const ids = (kind: Element["kind"]) => new Set(conflict.flatMap((each) => (each.kind === kind ? [each.id] : [])));
  const { user_preferences: wishes } = request;
  const [before, after] = [task.buffer_before_minutes * minute, task.buffer_after_minutes * minute];
  const tasks = plan
    .filter((each) => each.type === "task" && ids("task").has(each.id))
    .map((each) => span(request, each));
  const lunches = plan
    .filter((each) => each.type === "lunch" && ids("lunch").has(each.id))
    .map((each) => span(request, each));
  const events = request.existing_events.filter((each) => ids("event").has(each.id)).map((each) => span(request, each));
  const blocks = request.constraints
    .filter(({ description }) => conflict.some((each) => each.kind === "constraint" && each.text.includes(description)))
    .map((each) => ({ from: instant(each.start_time), to: instant(each.end_time) }));
  const taken = [...tasks, ...lunches, ...events, ...blocks];
  const end = start + request.planning_horizon_days * dayMs;

  const fits = (from: number): boolean => {
    const to = from + task.estimated_duration_minutes * minute;
    const [first, last] = [from - before, to + after];
    if (first < start || taken.some((each) => each.from < last && first < each.to)) return false;
    if (is("horizon") && last > end) return false;
    if (is("deadline") && to > instant(task.deadline)) return false;
    if (is("earliest_start") && from < instant(task.earliest_start)) return false;
    if (is("hours") && !within(from, to, task.category === "work" ? "09:00-17:00" : "09:00-22:00", task.category))
      return false;
    if (is("window") && !within(from, to, task.window ?? "", task.category)) return false;
    const waits = [...ids("dependency")].every((other) => {
      const ends = plan.filter((each) => each.task_id === other).map((each) => instant(each.end_time));
      return ends.length > 0 && Math.max(...ends) + (task.dependency_lags[other ?? ""] ?? 0) * minute <= first;
    });
    const day = tasks.filter((each) => Math.floor(each.start / dayMs) === Math.floor(from / dayMs));
    const load = day.reduce((sum, each) => sum + (each.end - each.start), to - from);
    if (is("cap") && load > (wishes.max_work_minutes_per_day ?? 0) * minute) return false;
    return waits && (!is("rest") || isRested({ start: from, end: to, from: first, to: last }, tasks, events));
  };
  return Array.from({ length: 21 * 96 }, (_, slot) => start + slot * 15 * minute).some(fits);
}

type Block = { start: number; end: number; from: number; to: number };

/** 90 minutes of work at most between stretches of 15 minutes without work, meetings or buffers. */
function isRested(own: Block, tasks: readonly Block[], meetings: readonly Block[]): boolean {
  const all = [...tasks, own].sort((a, b) => a.start - b.start);
  const runs: Block[][] = [];
  for (const each of all) {
    const last = runs.at(-1)?.at(-1);
    if (last && !isFree(last.to, each.from, meetings)) runs.at(-1)?.push(each);
    else runs.push([each]);
  }
  const mine = runs.find((run) => run.includes(own)) ?? [];
  return mine.length === 1 || mine.reduce((sum, each) => sum + each.end - each.start, 0) <= 90 * minute;
}

function isFree(from: number, to: number, meetings: readonly Block[]): boolean {
  for (let at = from; at + 15 * minute <= to; at += minute)
    if (!meetings.some((each) => each.from < at + 15 * minute && at < each.to)) return true;
  return false;
}

function within(from: number, to: number, range: string, category: string): boolean {
  const [first = 0, last = 0] = range
    .split("-")
    .map((clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)));
  const midnight = Math.floor(from / dayMs) * dayMs;
  // 1 January 1970 was a Thursday.
  const weekday = (Math.floor(from / dayMs) + 4) % 7;
  const works = category !== "work" || (weekday !== 0 && weekday !== 6);
  return works && from >= midnight + first * minute && to <= midnight + last * minute;
}

function span(
  request: GenerateRequest,
  event: { id: string; start_time: string; end_time: string; task_id?: string | null | undefined },
): Block {
  const [from, to] = [instant(event.start_time), instant(event.end_time)];
  const kept = [...request.tasks, ...request.existing_events].find(({ id }) => id === (event.task_id ?? event.id));
  const [before, after] = [kept?.buffer_before_minutes ?? 0, kept?.buffer_after_minutes ?? 0];
  return { start: from, end: to, from: from - before * minute, to: to + after * minute };
}

function instant(text: string | null | undefined): number {
  return Date.parse(/[Z+]/.test(text ?? "") ? (text ?? "") : `${text}Z`);
}
