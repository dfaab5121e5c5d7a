import type { CostName } from "./costs.ts";
import type { Placed } from "./events.ts";
import type { Item } from "./item.ts";
import type { Problem } from "./problem.ts";
import { minuteMs, minutes } from "./spans.ts";
import { slotOf } from "./axis.ts";
import { clockName, lengthName, momentName } from "./words.ts";

/** Why an item stands where it stands, in one sentence without a full stop. */
export function reasonFor(placed: Placed, problem: Problem, ends: ReadonlyMap<number, Placed>): string {
  const { item, start } = placed;
  const { zone } = problem.calendar;
  const when = momentName(zone, start);
  if (item.kind === "lunch") return `${when}${lunchShift(placed, problem)}`;
  if (item.kind === "event") return `${when}, ${eventMove(placed, zone)}`;
  if (item.locked) return `${when}, where it was put by hand`;

  const clauses = [place(placed, problem), moved(placed, problem), order(placed, ends), finish(placed)];
  return `${when}${clauses.filter(Boolean).join(", ")}`;
}

function eventMove({ item, start }: Placed, zone: string): string {
  if (!item.was || item.was.start === start) return "where it was";
  const why = item.home ? "to make room for what could not stand elsewhere" : "as it could not stay there";
  return `moved from ${momentName(zone, item.was.start)} ${why}`;
}

function lunchShift({ item, start }: Placed, { calendar: { zone }, preferences }: Problem): string {
  const usual = preferences.lunch_time.slice(0, 5);
  const actual = clockName(zone, start);
  return actual === usual
    ? ", at your lunch time"
    : `, the nearest free time to ${usual} for ${lengthName(item.minutes)}`;
}

/** What each soft rule costs it here. */
export function costsAt(item: Item, problem: Problem, time: number): Map<CostName, number> {
  const slot = Math.max(0, slotOf(problem.axis, time));
  return new Map(item.rules.map(({ name, cost }) => [name, cost(slot)]));
}

function place({ item, start }: Placed, problem: Problem): string {
  const costs = costsAt(item, problem, start);
  const preferred = item.want?.preferred;
  const words: string[] = [];
  if (costs.get("preferred_time") === 0) words.push(`in the ${preferred} as preferred`);
  else if (costs.has("preferred_time")) words.push(`outside the preferred ${preferred}, ${missed(item)}`);
  if (item.want?.priority === "high" || item.want?.priority === "urgent") {
    if (costs.get("focus") === 0) words.push("in focus time");
    else if (costs.get("energy") === 0) words.push("in your energy peak");
  }
  if ((costs.get("late_hours") ?? 0) > 0) words.push(`after ${problem.preferences.avoid_scheduling_after.slice(0, 5)}`);
  if ((costs.get("soft_constraint") ?? 0) > 0) words.push("in time that you would rather keep free");
  return words.length > 0 ? ` ${words.join(", ")}` : " at the first good free time";
}

/** Why a preferred time of day was not kept. */
function missed({ rules, starts }: Item): string {
  const rule = rules.find(({ name }) => name === "preferred_time");
  const possible = starts.some((slot) => rule?.cost(slot) === 0);
  return possible ? "which costs less than waiting for it" : "which its free hours do not reach";
}

function moved({ item, start }: Placed, { calendar: { zone } }: Problem): string {
  if (!item.was || item.was.start === start) return "";
  return `moved from ${momentName(zone, item.was.start)}`;
}

function order({ item }: Placed, ends: ReadonlyMap<number, Placed>): string {
  const last = item.before
    .flatMap((index) => ends.get(index) ?? [])
    .reduce<Placed | undefined>((latest, each) => (latest && latest.end >= each.end ? latest : each), undefined);
  return last ? `after '${last.item.title}'` : "";
}

function finish({ item, end }: Placed): string {
  const due = item.want?.deadline ?? null;
  if (due === null) return "";
  if (end > due) return `finishes ${lengthName(minutes({ start: due, end }))} after its deadline`;
  return due - end < minuteMs
    ? "finishes right at its deadline"
    : `finishes ${lengthName(minutes({ start: end, end: due }))} before its deadline`;
}

/** Placed tasks that end after their deadline, each as a warning. */
export function lateWarnings(placed: readonly Placed[]): string[] {
  return placed.flatMap(({ item, end }) => {
    const due = item.want?.deadline ?? null;
    if (due === null || end <= due || item.locked) return [];
    return [`'${item.title}' finishes ${lengthName(minutes({ start: due, end }))} after its deadline.`];
  });
}
