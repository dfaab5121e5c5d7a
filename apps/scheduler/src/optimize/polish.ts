import { createRebuild } from "./rebuild.ts";
import { ruin, sample, type Taken } from "./ruin.ts";
import { at } from "./spans.ts";
import { nowhere, restore, type State } from "./state.ts";
import type { Budget } from "./improve.ts";

export function polish(state: State, { random, iterations, outOfTime }: Budget, o = { k: 5, hot: 20, cold: 1, noisy: 0.5 }): number {
  const { items } = state.problem;
  const moveable = items.flatMap(({ locked }, index) => (locked ? [] : [index]));
  const rebuild = createRebuild(state);
  let best = { cost: state.cost(), choices: state.choices() };
  let done = 0;
  const none = () => 0;
  for (; done < iterations; done += 1) {
    if (done % 8 === 0 && outOfTime()) break;
    const heat = o.hot * (o.cold / o.hot) ** (done / iterations);
    const before = state.cost();
    const group = choose(state, moveable, random, o.k);
    const old = group.map((index) => state.choice(index));
    let cost = 0;
    group.forEach((index, each) => { cost += state.costAt(index, old[each] ?? nowhere); });
    for (const index of group) if (state.isPlaced(index)) state.take(index);
    const isNoisy = random() < o.noisy;
    const tol = -Math.log(random() + 1e-9) * heat;
    const noise = isNoisy ? () => random() * heat : none;
    const ok = rebuild(group, isNoisy ? cost + tol + heat * 2 : cost + 1e-6, noise);
    if (ok && state.cost() < best.cost) best = { cost: state.cost(), choices: state.choices() };
    if (!ok || state.cost() > before + tol) {
      for (const index of group) if (state.isPlaced(index)) state.take(index);
      group.forEach((index, each) => { if (old[each] !== nowhere) state.put(index, old[each] ?? 0); });
    }
  }
  restore(state, best.choices);
  return done;
}

function choose(state: State, moveable: readonly number[], random: () => number, k: number): number[] {
  const { items } = state.problem;
  const { space } = state;
  const pick = () => moveable[Math.floor(random() * moveable.length)] ?? 0;
  const group = new Set<number>();
  const want = 2 + Math.floor(random() * k);
  const kind = random();
  const first = pick();
  group.add(first);
  if (kind < 0.45) {
    // a start that is cheaper than the present one and whoever stands there
    const { starts, costs, slots } = at(items, first);
    const now = state.costAt(first, state.choice(first));
    let below = 0;
    while (below < costs.length && (costs[below] ?? 0) < now) below += 1;
    if (below > 0) {
      const from = starts[Math.floor(random() * random() * below)] ?? 0;
      for (const other of space.within(from, from + slots)) if (!at(items, other).locked) group.add(other);
    }
  } else if (kind < 0.75 && state.isPlaced(first)) {
    let from = (space.from[first] ?? 0) - 1; let to = (space.to[first] ?? 0) + 1;
    while (group.size < want && (from > 0 || to < state.problem.axis.size)) {
      for (const other of space.within(from, to)) if (!at(items, other).locked && group.size < want) group.add(other);
      from -= 4; to += 4;
    }
  }
  for (let tries = 0; group.size < want && tries < 12; tries += 1) {
    const r = random();
    if (r < 0.3) group.add(pick());
    else if (r < 0.5) { const other = moveable.find((index) => !state.isPlaced(index) && !group.has(index)); if (other !== undefined) group.add(other); }
    else {
      // neighbour of a member
      const members = [...group]; const m = members[Math.floor(random() * members.length)] ?? 0;
      const near = state.isPlaced(m) ? space.within((space.from[m] ?? 0) - 6, (space.to[m] ?? 0) + 6) : [];
      const other = near[Math.floor(random() * near.length)];
      if (other !== undefined && !at(items, other).locked) group.add(other);
    }
  }
  // What waits for one that may leave must be able to leave too
  return [...group].slice(0, 8);
}
