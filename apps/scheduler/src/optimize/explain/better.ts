import { type Explanation, isoIn } from "../../contract/index.ts";
import { inside, runs, timeOf } from "../time/axis.ts";
import { costOf } from "../problem/costs.ts";
import type { Item } from "../problem/item.ts";
import { timelySlots } from "../problem/timely.ts";
import { rulesAt, workSlot } from "./bill.ts";
import { at } from "../time/spans.ts";
import type { Choice } from "../search/state.ts";
import type { World } from "./world.ts";

type Blocker = Explanation["better"][number]["blocked_by"][number];

/** So many are told of each task. */
const most = 3;
/** So many of what is in the way of one are named. */
const mostNamed = 10;

/** Cheaper starts that the task's own rules allow, clear of each other, and what is in the way of each. */
export function betterStarts(world: World, index: number, now: Choice): Explanation["better"] {
  const { items, axis, calendar } = world.problem;
  const item = at(items, index);
  const cost = costOf(rulesAt(item, now), workSlot(world, item, now));
  const cheaper = lawful(world, item)
    .map((slot) => ({ slot, saves: cost - costOf(item.rules, slot + item.lead) }))
    .filter(({ saves }) => saves > 0)
    .sort((a, b) => b.saves - a.saves || a.slot - b.slot);
  const found: Explanation["better"] = [];
  const taken: number[] = [];
  for (const { slot, saves } of cheaper) {
    if (found.length === most) break;
    if (taken.some((other) => Math.abs(other - slot) < item.slots)) continue;
    const blockers = blockersOf(world, index, slot);
    if (blockers.length === 0) continue;
    taken.push(slot);
    found.push({
      start_time: isoIn(calendar.zone, timeOf(axis, slot + item.lead)),
      saves,
      blocked_by: blockers.slice(0, mostNamed),
      blocked_by_more: Math.max(0, blockers.length - mostNamed),
    });
  }
  return found;
}

/** First slots by the task's own hard rules, whatever else stands there. */
function lawful({ problem: { axis } }: World, item: Item): number[] {
  const { want, ground, lead, minutes } = item;
  if (!want) return [];
  const open = runs(inside(axis, ground?.hours ?? []));
  const { first, last } = timelySlots(want, item, axis);
  const work = Math.ceil(minutes / axis.grid);
  const found: number[] = [];
  for (let slot = first; slot <= last; slot += 1) if ((open[slot + lead] ?? 0) >= work) found.push(slot);
  return found;
}

/** What keeps the task from starting in that slot while it is out of the plan; nothing where it might. */
function blockersOf(world: World, index: number, slot: number): Blocker[] {
  const { state, problem } = world;
  const { slots, starts } = at(problem.items, index);
  const taken = world.obstacles
    .filter((each) => each.index !== index && each.from < slot + slots && slot < each.to)
    .map((each) =>
      each.index === null ? { event_id: each.id, title: each.title } : blocker(problem.items, each.index),
    );
  const found = new Map([...taken, ...linked(world, index, slot)].map((each) => [each.event_id ?? each.title, each]));
  if (found.size > 0) return [...found.values()];

  const choice = starts.indexOf(slot);
  if (choice < 0 || state.fits(index, choice)) return [];
  const isRested = state.space.isRested(index, slot, slot + slots);
  return [{ event_id: null, title: isRested ? "the most work for one day" : "a break that is due" }];
}

/** What it waits for, or what waits for it, that stands on the wrong side of it. */
function linked({ state, problem }: World, index: number, slot: number): Blocker[] {
  const { items } = problem;
  const { before, after, lags, slots } = at(items, index);
  const { from, to } = state.space;
  const first = before.filter((other, each) => (to[other] ?? 0) + (lags[each] ?? 0) > slot);
  const then = after.filter((other) => {
    const lag = at(items, other).lags[at(items, other).before.indexOf(index)] ?? 0;
    return state.isPlaced(other) && (from[other] ?? 0) < slot + slots + lag;
  });
  return [...first, ...then].map((other) => blocker(items, other));
}

function blocker(items: readonly Item[], index: number): Blocker {
  const { id, title } = at(items, index);
  return { event_id: id, title };
}
