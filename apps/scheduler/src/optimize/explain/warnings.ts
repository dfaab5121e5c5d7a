import type { Unscheduled } from "../../contract/index.ts";
import { doingOf } from "../confidence/steps.ts";
import { nameOf } from "../problem/item.ts";
import type { Placed } from "../problem/placed.ts";
import { minutes } from "../time/spans.ts";
import { count, lengthName } from "../time/words.ts";

const mostNamed = 5;

/** Tasks without a place, the first of them by name. */
export function leftWarnings(unscheduled: readonly Unscheduled[]): string[] {
  const all = [...new Set(unscheduled.map(({ title, reason }) => `'${title}' has no place. ${reason}`))];
  const named = all.slice(0, mostNamed);
  const more = all.length - named.length;
  return more > 0 ? [...named, `${count(more, "more task")} without a place.`] : named;
}

/** Tasks that end after their deadline; one in pieces ends with its last. */
export function lateWarnings(placed: readonly Placed[], now: number): string[] {
  const last = new Map(placed.map((each) => [doingOf(each.item), each]));
  return [...last.values()].flatMap(({ item, end }) => {
    const due = item.want?.deadline ?? null;
    // What is over cannot be mended any more.
    if (due === null || end <= due || end <= now) return [];
    const verb = item.want?.locked ? "was put so that it finishes" : "finishes";
    return [`'${nameOf(item)}' ${verb} ${lengthName(minutes({ start: due, end }))} after its deadline.`];
  });
}

/** What was put by hand, or has begun, may stand before what it waits for: that is not for planning to change, but said. */
export function orderWarnings(placed: readonly Placed[]): string[] {
  const pinned = placed.filter(({ item: { want } }) => want?.locked && want.dependencies.length > 0);
  if (pinned.length === 0) return [];

  const blocks = new Map<string, Placed[]>();
  for (const each of placed) {
    const task = each.item.want?.taskId ?? "";
    const known = blocks.get(task);
    if (known) known.push(each);
    else blocks.set(task, [each]);
  }
  const early = pinned.flatMap(({ item, start }) => {
    const awaited = [...new Set(item.want?.dependencies)].flatMap((id) => blocks.get(id) ?? []);
    return awaited.filter(({ end }) => end > start).map((other) => ({ item, other: other.item }));
  });
  const named = early
    .slice(0, mostNamed)
    .map(({ item, other }) => `'${item.title}' stays where it is, before '${other.title}' ends, which it depends on.`);
  const more = early.length - named.length;
  return more > 0 ? [...named, `${count(more, "more block")} before what is waited for.`] : named;
}
