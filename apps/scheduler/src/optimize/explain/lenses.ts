import type { CostName } from "../problem/costs.ts";
import { type Item, spanFrom } from "../problem/item.ts";
import type { Problem } from "../problem/problem.ts";
import { ranked } from "../search/model.ts";
import { minutes, overlaps, type Span } from "../time/spans.ts";
import type { Told } from "./tell.ts";

/** A way to look at the same problem: some rules count more, and days are evened out or kinds of work kept together. */
export type Lens = {
  readonly factors: Partial<Record<CostName, number>>;
  /** Changes of category count so many times. */
  readonly switching?: number;
  /** What hours of a day, squared, cost. */
  readonly balance?: number;
  /** So many minutes between a task's end and its deadline are aimed at. */
  readonly slack?: number;
};

export const lenses: readonly Lens[] = [
  { factors: { late_hours: 6, soft_constraint: 4 } },
  { factors: {}, switching: 8 },
  { factors: { deadline: 2 }, slack: 480 },
  { factors: { delay: 8 } },
  { factors: {}, balance: 60 },
  { factors: { energy: 5, preferred_time: 5, focus: 5 } },
];

/**
 * The problem at the prices of a lens.
 * @param penalty what a task pays beyond them for each of `plans` in which it has time in common with its place there
 */
export function refracted(
  problem: Problem,
  lens: Lens,
  plans: readonly Pick<Told, "placed">[],
  penalty: number,
): Problem {
  const places = plans.map(({ placed }) => new Map(placed.map((each) => [each.index, each] as const)));
  return {
    ...problem,
    switching: problem.switching * (lens.switching ?? 1),
    balance: lens.balance ?? problem.balance,
    items: problem.items.map((item, index) => {
      if (item.kind !== "task" || item.locked) return item;
      const taken = places.flatMap((each) => each.get(index) ?? []);
      const price = (slot: number) => {
        const span = spanFrom(item, problem.axis, slot + item.lead);
        const again = taken.filter((each) => overlaps(each, span)).length;
        return Math.round(ruled(item, slot, lens) + hurry(item, span, lens) + penalty * again);
      };
      return { ...item, ...ranked([...item.starts], price) };
    }),
  };
}

function ruled({ rules, lead }: Item, slot: number, { factors }: Lens): number {
  return rules.reduce((sum, { name, cost }) => sum + (factors[name] ?? 1) * cost(slot + lead), 0);
}

/** For each minute that the slack before its deadline falls short. */
function hurry({ due, weight }: Item, { end }: Span, { slack }: Lens): number {
  if (slack === undefined || due === Infinity) return 0;
  return weight * Math.max(0, slack - Math.max(0, minutes({ start: end, end: due })));
}
