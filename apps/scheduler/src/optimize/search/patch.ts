import { at } from "../time/spans.ts";
import type { State } from "./state.ts";
import { sample } from "./ruin.ts";
import type { Stretch } from "./tables.ts";

/** Some pieces, the first of which is what it is about, guests, who may as well stay, and where all of them may stand. */
export type Patch = {
  readonly group: readonly number[];
  readonly guests: readonly number[];
  readonly stretches: readonly Stretch[];
};

/** Which pieces to pack anew, by chance: of two or three stretches, one of them where a piece would cost less. */
export type Choose = (most: number) => Patch;

const mostSlots = 30;
const mostIdle = 6;
const holesTried = 30;

export function createChoice(state: State, moveable: readonly number[], random: () => number): Choose {
  const { items, axis } = state.problem;
  const { space } = state;
  const any = (list: readonly number[]) => list[Math.floor(random() * list.length)] ?? 0;

  /** A piece, most often any, else one that was left out; with those left out that it waits for. */
  function begin(most: number): number[] {
    const out = random() < 0.3 ? moveable.filter((index) => !state.isPlaced(index)) : [];
    const group = [any(out.length > 0 ? out : moveable)];
    for (const index of group)
      for (const other of at(items, index).before)
        if (group.length < most && !state.isPlaced(other) && !group.includes(other)) group.push(other);
    return group;
  }

  /** A start that costs less than where the piece stands, rather one of the cheapest. */
  function target(piece: number): number {
    const { starts, costs } = at(items, piece);
    const now = state.costAt(piece, state.choice(piece));
    const dearer = costs.findIndex((cost) => cost >= now);
    const cheaper = dearer < 0 ? costs.length : dearer;
    return starts[Math.floor(random() * random() * (cheaper || costs.length))] ?? 0;
  }

  /** A free slot in which something may start; -1 where none was met. */
  function hole(): number {
    for (let each = 0; each < holesTried; each += 1) {
      const { starts } = at(items, any(moveable));
      const slot = starts[Math.floor(random() * starts.length)] ?? 0;
      if (space.isFree(slot, slot + 1)) return slot;
    }
    return -1;
  }

  /** Adds the pieces around some slots to the group, to one side or the other, until there are `many`. */
  function widen(from: number, to: number, many: number, group: number[], most: number): [number, number] {
    let [low, high, joined, idle] = [from, to, 0, 0];
    const sides = { left: true, right: true };
    const join = (index: number): boolean => {
      if (at(items, index).locked || (group.length >= most && !group.includes(index))) return false;
      if (!group.includes(index)) group.push(index);
      joined += 1;
      low = Math.min(low, space.from[index] ?? 0);
      high = Math.max(high, space.to[index] ?? 0);
      return true;
    };
    space.within(from, to).forEach(join);
    while (joined < many && (sides.left || sides.right) && high - low < mostSlots && idle <= mostIdle) {
      const side = sides.left && (!sides.right || random() < 0.5) ? "left" : "right";
      const slot = side === "left" ? low - 1 : high;
      const [index] = space.within(slot, slot + 1);
      if (slot < 0 || slot >= axis.size) sides[side] = false;
      else if (index !== undefined) sides[side] = join(index);
      else {
        idle += 1;
        low = Math.min(low, slot);
        high = Math.max(high, slot + 1);
      }
    }
    return [low, Math.min(high, axis.size)];
  }

  return (most) => {
    const group = begin(most);
    const piece = group[0] ?? 0;
    const wanted = random() < 0.5 ? 2 : 3;
    const many = Math.max(1, Math.floor((most * (0.6 + 0.4 * random())) / wanted));
    const found: [number, number][] = [];
    const add = (from: number, slots: number) =>
      void found.push(widen(from, Math.min(axis.size, from + slots), many, group, most));
    add(target(piece), at(items, piece).slots);
    if (state.isPlaced(piece)) add(space.from[piece] ?? 0, at(items, piece).slots);
    while (found.length < wanted) {
      const free = random() < 0.6 ? hole() : -1;
      const other = any(moveable);
      if (free >= 0) add(free, 1);
      else add(state.isPlaced(other) ? (space.from[other] ?? 0) : target(other), at(items, other).slots);
    }
    fill(group, most);
    return { group, guests: guestsOf(group, most), stretches: joined(found) };
  };

  /** With what was left out, as far as there is room. */
  function fill(group: number[], most: number): void {
    const left = moveable.filter((index) => !state.isPlaced(index) && !group.includes(index));
    group.push(...sample(left, most - group.length, random));
  }

  /** Pieces from elsewhere, for which nothing in the group waits and that wait for nothing in it. */
  function guestsOf(group: readonly number[], most: number): number[] {
    if (group.length >= most) return [];
    const others = moveable.filter((index) => state.isPlaced(index) && !group.includes(index));
    const chosen: number[] = [];
    for (const index of sample(others, most - group.length, random)) {
      const { before, after } = at(items, index);
      const isTied = [...before, ...after].some((other) => group.includes(other) || chosen.includes(other));
      if (!isTied) chosen.push(index);
    }
    return chosen;
  }
}

/** In order, those that overlap as one. */
function joined(stretches: readonly [number, number][]): [number, number][] {
  const found: [number, number][] = [];
  for (const [from, to] of stretches.toSorted((a, b) => a[0] - b[0])) {
    const last = found.at(-1);
    if (last && from < last[1]) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
}
