import { slotOf, timeOf } from "../time/axis.ts";
import { keepsFree } from "../problem/demand.ts";
import { held } from "../problem/held.ts";
import type { Item } from "../problem/item.ts";
import { mealsOf } from "../problem/lunch.ts";
import { gainOf } from "./worse.ts";
import { at, covers, minutes, overlaps, type Span } from "../time/spans.ts";
import { nowhere, type State } from "../search/state.ts";
import { heldBy, type Placed } from "../problem/placed.ts";
import type { Problem } from "../problem/problem.ts";
import { capital, lengthName, list, momentName } from "../time/words.ts";

/** A plan that was revised: where things stand now, and where those that stood before did, by index of their item. */
type Revision = {
  readonly problem: Problem;
  readonly state: State<Problem>;
  readonly placed: readonly Placed[];
  readonly before: ReadonlyMap<number, Span>;
};

/** Why something no longer stands where it did, in a sentence: what took its place, else what is better where it is. */
export function becauseOf(revision: Revision, { item, index, ...here }: Placed, old: Span): string {
  const more = minutes(here) - minutes(old);
  if (here.start === old.start) return `It takes ${lengthName(Math.abs(more))} ${more > 0 ? "more" : "less"}.`;
  return (
    barred(revision, item, old) ??
    waiting(revision, index, old) ??
    unlawful(revision, item, old) ??
    taken(revision, index, old) ??
    unrested(revision, index, old) ??
    gained(revision, item, old, here)
  );
}

/** By what is fixed. */
function barred({ problem }: Revision, item: Item, old: Span): string | null {
  const { axis, calendar, fixed, rules } = problem;
  if (old.start < axis.origin) return "Its time has passed.";
  const when = momentName(calendar.zone, old.start);
  const own = heldBy({ ...old, item });
  const event = fixed.find((each) => each.id !== item.id && overlaps(held(each), own));
  if (event) return `'${event.title}' stands in the way of ${when}.`;
  const rule = rules.find((each) => keepsFree(each) && overlaps(each, own));
  return rule ? `'${rule.description}' keeps ${when} free.` : null;
}

/** By what it waits for, which ends later than it did. */
function waiting({ problem, state }: Revision, index: number, old: Span): string | null {
  const { axis, items, calendar } = problem;
  const { before, lags } = at(items, index);
  const late = before.filter((other, each) => {
    const end = state.choice(other) === nowhere ? Infinity : (state.space.to[other] ?? 0) + (lags[each] ?? 0);
    return timeOf(axis, end) > old.start;
  });
  const [first] = late.map((other) => at(items, other));
  if (!first) return null;
  const span = state.span(at(late, 0));
  return `It waits for '${first.title}'${span ? `, which now ends ${momentName(calendar.zone, span.end)}` : ""}.`;
}

/** By its own rules, if they changed. */
function unlawful({ problem }: Revision, { want, ground }: Item, old: Span): string | null {
  if (!want) return null;
  const { zone } = problem.calendar;
  const { deadline, hardDeadline, earliest } = want;
  if (hardDeadline && deadline !== null && old.end > deadline)
    return `It has to be done by ${momentName(zone, deadline)}.`;
  if (earliest !== null && old.start < earliest) return `It may not start before ${momentName(zone, earliest)}.`;
  return ground && !covers(ground.hours, old) ? `${momentName(zone, old.start)} is out of its hours.` : null;
}

const mostNamed = 3;

/** By other things that the plan has put there. */
function taken({ problem, placed, before }: Revision, index: number, old: Span): string | null {
  const own = heldBy({ ...old, item: at(problem.items, index) });
  const there = placed.filter((other) => other.index !== index && overlaps(heldBy(other), own));
  const [first] = there;
  if (!first) return null;
  const was = before.get(first.index);
  const names = list(
    there.map(({ item }) => (item.kind === "lunch" ? "lunch" : `'${item.title}'`)),
    mostNamed,
  );
  if (there.length > 1) return `${capital(names)} stand there now.`;
  if (was && first.start === was.start && first.end > was.end) return `${capital(names)} takes longer now.`;
  return was || first.item.kind !== "task" || first.item.want?.locked
    ? `${capital(names)} stands there now.`
    : `${capital(names)} is new and stands there.`;
}

/** By rest, where it would run on into other work, or by what one day may hold. */
function unrested({ problem, state }: Revision, index: number, old: Span): string | null {
  const { axis, items } = problem;
  const { lead, slots } = at(items, index);
  const from = slotOf(axis, old.start) - lead;
  const choice = state.choice(index);
  state.take(index);
  const isRested = state.space.isRested(index, from, from + slots);
  state.put(index, choice);
  return isRested ? null : "There it would leave no time for a break.";
}

/** By nothing but its own good. */
function gained(revision: Revision, item: Item, old: Span, here: Span): string {
  const { problem } = revision;
  if (item.kind === "lunch" && isNearer(problem, item, old, here)) return "It is nearer to its usual time.";
  if (!item.want) return "Others had no other place.";
  return gainOf(problem, item, old, here) ?? "It makes room for others.";
}

/** Whether lunch comes nearer to its usual time. */
function isNearer(problem: Problem, { id }: Item, old: Span, here: Span): boolean {
  const usual = mealsOf(problem).find((meal) => meal.id === id)?.usual;
  return usual !== undefined && Math.abs(here.start - usual.start) < Math.abs(old.start - usual.start);
}
