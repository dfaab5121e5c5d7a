import { apply, costOf, createOrder, type Line, type Move, type Order, refresh } from "./line.ts";
import { findLoose } from "./loose.ts";
import { findTight } from "./tight.ts";

/** How long to search. `iterations` decides; `outOfTime` is only the safety cut. */
export type Budget = {
  readonly random: () => number;
  readonly iterations: number;
  readonly outOfTime: () => boolean;
};

export type Arranged = { readonly jobs: Int32Array; readonly cost: number; readonly iterations: number };

const leastKicks = 2;
const moreKicks = 3;
const patience = 100;

/**
 * Iterated local search over orders (Lourenco, Martin and Stuetzle 2003) with insertions and swaps: descend, kick by a
 * few random moves, descend again, go on from there unless it is worse; after 100 descents without gain go on from
 * wherever the next one ends.
 */
export function arrange(line: Line, { random, iterations, outOfTime }: Budget): Arranged {
  const order = createOrder(line, byDue(line));
  const descend = createDescent(order);
  descend();
  let best = { cost: costOf(order), jobs: order.jobs.slice() };
  let bar = best.cost;
  let base = best.jobs;
  let idle = 0;
  let done = 0;
  for (; done < iterations && best.cost > 0 && line.size > 1 && !outOfTime(); done += 1) {
    kick(order, random, descend.disturb);
    descend();
    const cost = costOf(order);
    idle = cost < bar ? 0 : idle + 1;
    if (cost <= bar) {
      bar = cost;
      base = order.jobs.slice();
    } else {
      order.jobs.set(base);
      refresh(order, 0);
    }
    if (idle > patience) [idle, bar] = [0, Infinity];
    if (cost < best.cost) best = { cost, jobs: base };
  }
  return { ...best, iterations: best.cost > 0 ? done : iterations };
}

function byDue({ size, dues }: Line): Int32Array {
  const due = (job: number) => dues[job] ?? 0;
  return Int32Array.from(Array.from({ length: size }, (_, job) => job).sort((a, b) => due(a) - due(b) || a - b));
}

/** Descends from position to position until none of those whose surroundings changed offers a better move. */
function createDescent(order: Order) {
  const { size, releases } = order.line;
  const find = releases.some((release) => release > 0) ? findLoose : findTight;
  const stale = new Uint8Array(size).fill(1);
  const move: Move = { target: -1, swaps: false };

  function disturb(one: number, other: number): void {
    stale.fill(1, Math.max(0, Math.min(one, other) - 1), Math.max(one, other) + 2);
  }

  function descend(): void {
    for (let position = 0, idle = 0; idle < size; position = position + 1 < size ? position + 1 : 0) {
      idle += 1;
      if (stale[position] === 0) continue;
      stale[position] = 0;
      if (!find(order, position, move)) continue;
      apply(order, position, move);
      refresh(order, Math.min(position, move.target));
      disturb(position, move.target);
      idle = 0;
    }
  }

  return Object.assign(descend, { disturb });
}

function kick(order: Order, random: () => number, disturb: (one: number, other: number) => void): void {
  const many = leastKicks + Math.floor(random() * moreKicks);
  for (let each = 0; each < many; each += 1) {
    const position = Math.floor(random() * order.line.size);
    const target = Math.floor(random() * order.line.size);
    apply(order, position, { target, swaps: random() < 0.5 });
    disturb(position, target);
  }
  refresh(order, 0);
}
