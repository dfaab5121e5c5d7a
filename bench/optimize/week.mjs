// A week of the benchmark's class: days of nine hours with lunch and meetings, tasks with priorities, dues and orders.
import { createRandom } from "@beq/scheduler/optimize";

const perDay = 36;
const lunch = { from: 14, slots: 4 };
const longest = 12;
const weights = { low: 1, medium: 3, high: 8, urgent: 20 };
const fits = {
  morning: (slot) => slot < 12,
  afternoon: (slot) => slot >= 12 && slot < 28,
  evening: (slot) => slot >= 28,
};

/** @param load the tasks' slots as a share of the free ones */
export function makeWeek({ count, load, days, seed }) {
  const random = createRandom(seed);
  const between = (low, high) => low + Math.floor(random() * (high - low + 1));
  const any = (list) => list[between(0, list.length - 1)];
  const busy = busySpans(days, between);
  const free = days * perDay - busy.reduce((sum, [from, to]) => sum + to - from, 0);
  const durations = durationsOf(count, Math.round(load * free), between);
  const tasks = durations.map((duration, id) => {
    const priority = any(Object.keys(weights));
    const weight = weights[priority];
    return {
      id,
      duration_slots: duration,
      priority,
      weight,
      due_slot: 12 * between(1, days * 3),
      preferred_time: any(["morning", "afternoon", "evening", null]),
      dependencies: [],
      unscheduled_penalty: 3000 * weight,
    };
  });
  addOrder(tasks, between);
  const priced = tasks.map((task) => ({ ...task, start_cost: costsOf(task, days, busy) }));
  const id = `week_n${count}_l${Math.round(load * 100)}_${seed}`;
  return { id, seed, slot_minutes: 15, days, slots_per_day: perDay, day_start: "09:00", load, busy, tasks: priced };
}

/** Lunch a day, and three meetings in two days, which may overlap. */
function busySpans(days, between) {
  const spans = Array.from({ length: days }, (_, day) =>
    [lunch.from, lunch.from + lunch.slots].map((slot) => day * perDay + slot),
  );
  for (let meeting = 0; meeting < Math.round(1.5 * days); meeting += 1) {
    const slots = between(2, 6);
    const from = between(0, days - 1) * perDay + between(0, perDay - slots);
    spans.push([from, from + slots]);
  }
  spans.sort((a, b) => a[0] - b[0]);
  return spans.reduce((merged, [from, to]) => {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
    return merged;
  }, []);
}

function durationsOf(count, total, between) {
  const durations = Array.from({ length: count }, () => between(1, 8));
  const sum = () => durations.reduce((all, each) => all + each, 0);
  for (let left = total - sum(); left !== 0;) {
    const at = between(0, count - 1);
    const step = Math.sign(left);
    if (durations[at] + step < 1 || durations[at] + step > longest) continue;
    durations[at] += step;
    left -= step;
  }
  return durations;
}

/** A quarter of the tasks wait, most of them for one other; who is waited for is listed earlier or waits for none. */
function addOrder(tasks, between) {
  for (let edge = 0; edge < Math.floor(tasks.length / 4); edge += 1) {
    const [one, other] = [between(0, tasks.length - 1), between(0, tasks.length - 1)];
    const [before, after] = [Math.min(one, other), Math.max(one, other)];
    const { dependencies } = tasks[after];
    if (before !== after && !dependencies.includes(before)) dependencies.push(before);
  }
}

/** Ending early is worth little, ending late costs much; then preferred times, and energy between ten and noon. */
function costsOf({ duration_slots: slots, weight, due_slot: due, preferred_time: preferred }, days, busy) {
  return Array.from({ length: days * perDay }, (_, start) => {
    const local = start % perDay;
    const end = start + slots;
    if (local + slots > perDay || busy.some(([from, to]) => start < to && from < end)) return null;
    const missed = preferred && !fits[preferred](local) ? 10 * weight : 0;
    const tired = weight < 8 ? 0 : slots - Math.max(0, Math.min(local + slots, 12) - Math.max(local, 4));
    return Math.round(weight * (end / 4 + 4 * Math.max(0, end - due)) + missed + 2 * tired);
  });
}
