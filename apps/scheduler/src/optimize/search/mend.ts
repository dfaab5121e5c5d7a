import { at } from "../time/spans.ts";
import { nowhere, type State } from "./state.ts";
import type { Piece } from "./model.ts";
import { sample } from "./ruin.ts";
import { createRebuild, mostInGroup } from "./rebuild.ts";

/** Improves the plan in `state`, first by finding places for what was left out; answers how many tries that took. */
export type Mend = (tries: number) => number;

const mostLeft = 4;
const triesToPlace = 20;
const fewest = 3;
const widest = 5;
const reach = 6;
const triesPerLook = 8;

/** Local search in which a move takes a few pieces out and puts them back in the best way there is. */
export function createMend(state: State, random: () => number, outOfTime: () => boolean): Mend {
  const moveable = state.problem.items.flatMap(({ locked }, index) => (locked ? [] : [index]));
  const rebuild = createRebuild(state);

  function attempt(piece: number): void {
    const group = groupOf(state, moveable, piece, random);
    const before = group.map((index) => state.choice(index));
    const cost = group.reduce((sum, index) => sum + state.costAt(index, state.choice(index)), 0);
    const total = state.cost();
    for (const index of group) if (state.isPlaced(index)) state.take(index);
    if (rebuild(group, cost) && state.cost() < total) return;
    for (const index of group) if (state.isPlaced(index)) state.take(index);
    group.forEach((index, each) => before[each] !== nowhere && state.put(index, before[each] ?? nowhere));
  }

  return (tries) => {
    let done = 0;
    const goesOn = () => done % triesPerLook !== 0 || !outOfTime();
    const left = moveable.filter((piece) => !state.isPlaced(piece) && !isHopeless(at(state.problem.items, piece)));
    for (const piece of sample(left, mostLeft, random))
      for (let each = 0; each < triesToPlace && !state.isPlaced(piece) && goesOn(); each += 1, done += 1)
        attempt(piece);
    for (let each = 0; each < tries && goesOn(); each += 1, done += 1) attempt(sample(moveable, 1, random)[0] ?? 0);
    return done;
  };
}

/** Leaving it out costs no more than any place that it could have. */
function isHopeless({ costs, home, unplaced }: Piece): boolean {
  return unplaced <= Math.min(costs[0] ?? unplaced, home?.cost ?? unplaced);
}

/** A piece, what stands where it would cost less, and a few that stand near one of these or anywhere. */
function groupOf(state: State, moveable: readonly number[], piece: number, random: () => number): number[] {
  const { space, problem } = state;
  const { starts, costs, slots } = at(problem.items, piece);
  const group = [piece];
  const add = (index: number) => {
    if (!at(problem.items, index).locked && !group.includes(index)) group.push(index);
  };
  const any = (list: readonly number[]) => list[Math.floor(random() * list.length)] ?? piece;

  const now = state.costAt(piece, state.choice(piece));
  const dearer = costs.findIndex((cost) => cost >= now);
  const cheaper = dearer < 0 ? costs.length : dearer;
  if (cheaper > 0) {
    const from = starts[Math.floor(random() * random() * cheaper)] ?? 0;
    space.within(from, from + slots).forEach(add);
  }
  const wide = fewest + Math.floor(random() * (widest - fewest + 1));
  for (let each = 0; group.length < wide && each < 2 * mostInGroup; each += 1) {
    const near = any(group);
    const isNear = random() < 0.6 && state.isPlaced(near);
    const [from, to] = [space.from[near] ?? 0, space.to[near] ?? 0];
    add(any(isNear ? space.within(from - reach, to + reach) : moveable));
  }
  return group.slice(0, mostInGroup);
}
