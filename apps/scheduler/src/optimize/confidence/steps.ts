import { windows, workdays } from "../time/calendar.ts";
import type { Step } from "./carry.ts";
import { keepsFree } from "../problem/demand.ts";
import { held } from "../problem/held.ts";
import { hoursOf } from "../time/hours.ts";
import type { Item } from "../problem/item.ts";
import { heldBy, type Placed } from "../problem/placed.ts";
import type { Problem } from "../problem/problem.ts";
import { at, clip, minuteMs, type Span, subtract } from "../time/spans.ts";

/** The placed tasks that are still to be done, as they are carried out, in order of time. */
export function stepsOf(problem: Problem, placed: readonly Placed[], now: number): Step[] {
  const { items, axis, calendar } = problem;
  const tasks = placed.filter(({ item }) => item.kind === "task");
  const openOf = createOpen(problem, placed);
  const estimates = new Map<string, number>();
  for (const { item } of tasks) estimates.set(doingOf(item), (estimates.get(doingOf(item)) ?? 0) + item.minutes);
  const there = new Set(tasks.map(({ index }) => index));
  const torn = new Set(
    items.flatMap((item, index) => (item.kind === "task" && !there.has(index) ? [doingOf(item)] : [])),
  );
  return tasks
    .filter(({ end, start }) => end > now && start < calendar.end)
    .map(({ item, start, end }) => ({
      id: item.id,
      doing: doingOf(item),
      start,
      end,
      minutes: item.minutes,
      estimate: estimates.get(doingOf(item)) ?? item.minutes,
      category: item.want?.category ?? "work",
      deadline: item.want?.deadline ?? null,
      isWhole: !torn.has(doingOf(item)),
      open: openOf(item),
      before: item.buffer.before * minuteMs,
      after: item.buffer.after * minuteMs,
      waits: item.before.map((other, index) => waitOf(at(items, other), item, (item.lags[index] ?? 0) * axis.grid)),
    }));
}

/** A split task is done as one; a habit is done anew each time, in events that may be called as other tasks are. */
export function doingOf({ id, want }: Pick<Item, "id" | "want">): string {
  return want && !want.occasion ? want.taskId : JSON.stringify([want?.taskId, id]);
}

/** The lag of the model comes on top of the buffers around the two. */
function waitOf(other: Item, item: Item, minutes: number): Step["waits"][number] {
  return { id: other.id, lag: (minutes + other.buffer.after + item.buffer.before) * minuteMs };
}

/**
 * Open time by kind of task. What runs over its window of the day goes on in the hours of its category; breaks may
 * vanish and lunches shrink to half, but events and hard blocks stay.
 */
function createOpen(problem: Problem, placed: readonly Placed[]): (item: Item) => readonly Span[] {
  const { calendar, preferences, fixed, rules, hours } = problem;
  const lunches = placed.filter(({ item }) => item.kind === "lunch");
  const events = placed.filter(({ item }) => item.kind === "event").map(heldBy);
  const shut = [...fixed.map(held), ...events, ...rules.filter(keepsFree)];
  const known = new Map<string, readonly Span[]>();
  const first = hours.personal[0]?.start ?? calendar.end;
  return ({ want }) => {
    const kind = hoursOf(want?.category ?? "work");
    const window = want?.window;
    const name = window ? `${kind} ${window.from}-${window.to}` : kind;
    const days = kind === "work" ? workdays(calendar, preferences) : calendar.days;
    const extra = window ? clip(windows(calendar, days, window.from, window.to), first, calendar.end) : [];
    const found = known.get(name) ?? openTime([...hours[kind], ...extra], lunches, shut);
    known.set(name, found);
    return found;
  };
}

/** Open time for carrying out: of each lunch the second half is kept. */
export function openTime(hours: readonly Span[], lunches: readonly Span[], events: readonly Span[]): Span[] {
  const kept = lunches.map(({ start, end }) => ({ start: (start + end) / 2, end }));
  return subtract(hours, [...kept, ...events]);
}
