import type { Change, ScheduledEvent } from "@beq/scheduler/contract";

type Sides = { of: ScheduledEvent; from: ScheduledEvent | undefined; to: ScheduledEvent | undefined };

/**
 * What became of the tasks and events of one plan in another, and which lunches moved. That there is a lunch or none,
 * and breaks, follow from the rest.
 * @param known changes whose reason is known already
 */
export function changesBetween(
  before: readonly ScheduledEvent[],
  after: readonly ScheduledEvent[],
  known: readonly Change[] = [],
): Change[] {
  const [old, now] = [onlyIn(before, after), onlyIn(after, before)];
  const waiting = new Map(now.map((event) => [keyOf(event), event]));
  const gone = old.map((from): Sides => {
    const to = waiting.get(keyOf(from));
    waiting.delete(keyOf(from));
    return { of: from, from, to };
  });
  const added = [...waiting.values()].map((to): Sides => ({ of: to, from: undefined, to }));
  return [...gone, ...added].filter(isToldOf).map((sides) => changeOf(sides, known));
}

function isToldOf({ of, from, to }: Sides): boolean {
  return of.type !== "lunch" || (from !== undefined && to !== undefined);
}

function changeOf({ of, from, to }: Sides, known: readonly Change[]): Change {
  const kind = from && to ? "moved" : to ? "added" : "dropped";
  const told = known.find((change) => change.event_id === of.id && change.kind === kind)?.reason;
  return {
    event_id: of.id,
    title: of.title,
    kind,
    from: from?.start_time ?? null,
    to: to?.start_time ?? null,
    reason: told || reasonOf({ from, to }),
  };
}

/** Why, where planning did not do it. */
function reasonOf({ from, to }: Omit<Sides, "of">): string {
  if (!to) return "There is nothing left of it to plan.";
  if (to.pinned && to.type === "task") return "Put there by hand.";
  const stays = from && Date.parse(from.start_time) === Date.parse(to.start_time);
  return stays ? "It takes longer or shorter than before." : to.reason;
}

function onlyIn(events: readonly ScheduledEvent[], others: readonly ScheduledEvent[]): ScheduledEvent[] {
  const known = new Set(others.map(placeOf));
  return events.filter((event) => event.type !== "break" && !known.has(placeOf(event)));
}

/** What tells events of one plan apart: a task and an event of the calendar may have one id. */
function keyOf({ type, id }: ScheduledEvent): string {
  return `${type} ${id}`;
}

/** An event with its times, however they are written. */
export function placeOf(event: ScheduledEvent): string {
  return `${keyOf(event)} ${Date.parse(event.start_time)} ${Date.parse(event.end_time)}`;
}
