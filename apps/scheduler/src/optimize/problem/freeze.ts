import type { Item } from "./item.ts";
import type { Model } from "../search/model.ts";
import { at, minuteMs, overlaps } from "../time/spans.ts";
import { createTally, slotOfHome } from "../search/tally.ts";

/**
 * What stands and starts before `until` (epoch milliseconds) stays, as if it were locked, where nothing locked overlaps it, no cap forbids it and all
 * that it waits for stays too and ends in time; where two such overlap, the sooner one does.
 */
export function freeze(
  items: readonly Item[],
  until: number,
  { axis, days, caps }: Pick<Model, "axis" | "days" | "caps">,
): Item[] {
  const tally = createTally({ axis, days, items, caps, balance: 0, switching: 0 });
  const kept = new Set<number>();
  const keep = (index: number, start: number) => {
    kept.add(index);
    tally.put(index, slotOfHome({ axis, days }, start));
  };
  items.forEach(({ locked, was }, index) => locked && keep(index, was?.start ?? 0));
  for (const { index, start } of soonOnes(items, until)) {
    const item = at(items, index);
    if ([...kept].some((other) => clash(item, at(items, other)))) continue;
    if (!tally.hasRoom(index, slotOfHome({ axis, days }, start))) continue;
    if (item.before.every((other) => kept.has(other) && isInTime(at(items, other), item))) keep(index, start);
  }
  return items.map((item, index) =>
    kept.has(index) && !item.locked
      ? { ...item, locked: true, starts: new Int32Array(0), costs: new Int32Array(0) }
      : item,
  );
}

/** Tasks that stand before `until` and may stay there for as long as they did, in order of time. */
function soonOnes(items: readonly Item[], until: number): { index: number; start: number }[] {
  return items
    .flatMap(({ kind, locked, home, was }, index) =>
      kind === "task" && !locked && home && !home.resized && was && was.start < until
        ? [{ index, start: was.start }]
        : [],
    )
    .sort((a, b) => a.start - b.start || a.index - b.index);
}

function clash(item: Item, other: Item): boolean {
  return item.home !== null && other.home !== null && overlaps(item.home, other.home);
}

function isInTime(before: Item, { was, want }: Item): boolean {
  const lag = before.want ? (want?.lags[before.want.taskId] ?? 0) : 0;
  return before.was !== null && was !== null && before.was.end + lag * minuteMs <= was.start;
}
