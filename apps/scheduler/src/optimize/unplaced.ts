import type { Unscheduled } from "../contract/index.ts";
import { slotAfter, timeOf } from "./axis.ts";
import { hoursOf } from "./hours.ts";
import type { Item } from "./item.ts";
import { at, clip, longest, merge, minuteMs, minutes, type Span, subtract } from "./spans.ts";
import type { Problem } from "./problem.ts";
import { nowhere, type State as Plan } from "./state.ts";
import { count, lengthName, momentName, spanName } from "./words.ts";

type State = Plan<Problem>;
type Why = Pick<Unscheduled, "code" | "reason" | "suggestion">;

/** Why each task that was left out has no place, and the cheapest change seen that would give it one. */
export function explainUnplaced(state: State): Unscheduled[] {
  return state.problem.items.flatMap((item, index) => {
    if (item.kind !== "task" || !item.want || state.isPlaced(index)) return [];
    return [{ task_id: item.want.taskId, title: item.title, ...why(state, index, item), conflict: [], changes: [] }];
  });
}

function why(state: State, index: number, item: Item): Why {
  const { hours, free, calendar } = state.problem;
  const kind = hoursOf(item.want?.category ?? "work");
  const needs = `needs ${item.minutes} min`;
  const horizon = longest(hours[kind]);
  if (!horizon)
    return {
      code: "no_working_time",
      reason: `It ${needs}, but the time planned holds no ${kind === "work" ? "working hours" : "hours for it"}.`,
      suggestion: "Plan more days ahead, or change working days and hours.",
    };

  const missing = item.before.filter((other) => !state.isPlaced(other));
  if (missing.length > 0) return waits(state, missing);
  if (minutes(horizon) < item.minutes)
    return tooLong(item, `the longest day has ${minutes(horizon)} min`, minutes(horizon));

  const open = longest(free[kind]);
  if (!open)
    return {
      code: "no_free_time",
      reason: `It ${needs}, but no time is free.`,
      suggestion: "Move an event, or plan more days ahead.",
    };
  if (minutes(open) < item.minutes)
    return tooLong(
      item,
      `the longest window between events is ${minutes(open)} min, ${spanName(calendar.zone, open)}`,
      minutes(open),
    );
  return crowded(state, index, item);
}

function waits({ problem }: State, missing: readonly number[]): Why {
  const names = [...new Set(missing.map((index) => `'${at(problem.items, index).title}'`))];
  return {
    code: "dependency_unscheduled",
    reason: `It waits for ${names.join(" and ")}, which could not be placed.`,
    suggestion: `Make room for ${names[0]} first, or drop the dependency.`,
  };
}

function tooLong({ minutes: length }: Item, but: string, room: number): Why {
  return {
    code: "longer_than_any_window",
    reason: `It needs ${length} min, but ${but}.`,
    suggestion: `Split it into ${count(Math.ceil(length / Math.max(1, room)), "part")} of at most ${room} min.`,
  };
}

/** It would fit an emptier calendar: what is in its way is its deadline, what it waits for, or the other items. */
function crowded(state: State, index: number, item: Item): Why {
  const { axis, calendar, free } = state.problem;
  const { zone } = calendar;
  const due = item.want?.hardDeadline ? item.want.deadline : null;
  const from = Math.max(axis.origin, ...item.before.map((other) => timeOf(axis, state.space.to[other] ?? 0)));
  const kind = hoursOf(item.want?.category ?? "work");
  const reach = (spans: readonly Span[], until: number) => longest(clip(spans, from, until));
  const until = due ?? calendar.end;
  const windows = subtract(free[kind], occupied(state));
  const room = reach(windows, until);
  const roomText = room
    ? `the longest free window ${due === null ? "left" : "before its deadline"} is ${minutes(room)} min, ${spanName(zone, room)}`
    : `no time is free ${due === null ? "any more" : "before its deadline"}`;

  const everOpen = reach(free[kind], calendar.end);
  if (!everOpen || minutes(everOpen) < item.minutes)
    return {
      code: "out_of_horizon",
      reason: `It needs ${item.minutes} min after ${momentName(zone, from)}, when what it waits for ends; the longest window from then on is ${everOpen ? minutes(everOpen) : 0} min.`,
      suggestion: "Plan more days ahead.",
    };
  const reason = `It needs ${item.minutes} min; ${roomText}${room && minutes(room) >= item.minutes ? ", but breaks or lunch leave too little of it" : ""}.`;
  return {
    code: due === null ? "no_free_time" : "hard_deadline",
    reason,
    suggestion:
      laterEnd(state, index, item) ?? swap(state, index) ?? shorter(room) ?? "Plan more days ahead, or free some time.",
  };
}

/** Time of everything placed, widened to slots as the search sees it. */
function occupied(state: State): Span[] {
  const { axis, items } = state.problem;
  return merge(
    items.flatMap((_, index) => {
      const span = state.span(index);
      return span ? [{ start: span.start, end: timeOf(axis, slotAfter(axis, span.end)) }] : [];
    }),
  );
}

/** The earliest end that a later hard deadline would allow. */
function laterEnd(state: State, index: number, item: Item): string | null {
  if (!item.want?.hardDeadline || item.want.deadline === null) return null;
  const { axis, calendar, runs } = state.problem;
  const room = runs[hoursOf(item.want.category)];
  const first = Math.max(0, ...item.before.map((other) => state.space.to[other] ?? 0));
  for (let slot = first; slot + item.slots <= axis.size; slot += 1) {
    if ((room[slot] ?? 0) < item.slots || !state.space.isFree(slot, slot + item.slots)) continue;
    if (!state.space.isRested(index, slot, slot + item.slots)) continue;
    return `Move its deadline to ${momentName(calendar.zone, timeOf(axis, slot) + item.minutes * minuteMs)}.`;
  }
  return null;
}

/** So many tasks are looked at as ones to leave out instead. */
const mostSwaps = 25;

/** The least important task whose leaving out alone would make room. */
function swap(state: State, index: number): string | null {
  const { items, calendar } = state.problem;
  const others = items
    .map((item, other) => ({ item, other }))
    .filter(({ item, other }) => item.kind === "task" && !item.locked && state.isPlaced(other))
    .filter(({ item, other }) => item.after.length === 0 && !at(items, index).before.includes(other))
    .sort((a, b) => a.item.unplaced - b.item.unplaced || a.item.minutes - b.item.minutes)
    .slice(0, mostSwaps);
  for (const { item, other } of others) {
    const choice = state.choice(other);
    const span = state.span(other);
    state.take(other);
    const works = state.best(index) !== nowhere;
    state.put(other, choice);
    if (works && span)
      return `Leave out '${item.title}' (${item.want?.priority} priority, ${lengthName(item.minutes)}, ${spanName(calendar.zone, span)}), or plan more days ahead.`;
  }
  return null;
}

function shorter(room: Span | undefined): string | null {
  return room ? `Shorten it to ${minutes(room)} min or split it.` : null;
}
