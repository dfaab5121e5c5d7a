import { timeOf } from "../time/axis.ts";
import { comfort } from "./comfort.ts";
import type { CostRule } from "./costs.ts";
import { shareOf, type Want } from "./demand.ts";
import type { Ground } from "./ground.ts";
import type { Size } from "./item.ts";
import type { Room } from "./room.ts";
import { minuteMs } from "../time/spans.ts";
import { tardiness } from "./tardiness.ts";

type Scale = Pick<Room, "axis" | "layers" | "weights">;

/** The soft rules that speak about this task, each as a whole number for each slot that its work may start in. */
export function costRules(want: Want, scale: Scale, ground: Ground, size: Size): CostRule[] {
  const { piece, home } = want;
  const rules = [delay(want, scale), ...comfort(want, scale), fragment(ground, size, scale)];
  // A task is as late as its last piece.
  if (!piece || piece.number === piece.of) rules.unshift(deadline(want, scale));
  if (piece && piece.number > 1) rules.push({ name: "split", cost: () => scale.weights.split });
  if (home) rules.push(moved(home.start, scale));
  return rules.map(({ name, cost }) => ({ name, cost: (slot) => Math.round(cost(slot)) }));
}

function deadline({ deadline: due, minutes, priority }: Want, { axis, weights }: Scale): CostRule {
  const factor = weights.priority[priority];
  // A deadline that is past already is counted from the start of planning: what cannot be helped is no cost.
  const from = due === null ? Infinity : Math.max(due, axis.origin);
  return {
    name: "deadline",
    cost: (slot) => {
      const end = timeOf(axis, slot) + minutes * minuteMs;
      return end <= from ? 0 : factor * tardiness(Math.ceil((end - from) / minuteMs), weights);
    },
  };
}

function delay(want: Want, { axis, weights }: Scale): CostRule {
  const factor = (shareOf(want) * weights.priority[want.priority] * weights.delay_per_hour) / 60;
  return { name: "delay", cost: (slot) => factor * Math.max(0, slot * axis.grid + want.minutes) };
}

/** A rest of free time shorter than this is of no use. */
const usefulMinutes = 30;

/** For each gap of no use between the piece and an end of its free stretch, other pieces apart. */
function fragment({ behind, runs }: Ground, { slots, lead }: Size, { axis, weights }: Scale): CostRule {
  const useless = (free = 0) => (free > 0 && free * axis.grid < usefulMinutes ? 1 : 0);
  return {
    name: "fragment",
    cost: (slot) => {
      const from = slot - lead;
      return weights.fragment * (useless(behind[from]) + useless(runs[from + slots]));
    },
  };
}

/** Farther than this is no worse: it keeps what a start can cost within bounds. */
const farthestMinutes = 90 * 1_440;

function moved(home: number, { axis, weights }: Scale): CostRule {
  return {
    name: "moved",
    cost: (slot) => {
      const start = timeOf(axis, slot);
      if (start === home) return 0;
      const away = Math.round(Math.abs(start - home) / minuteMs);
      return weights.task_moved + (weights.task_moved_per_hour * Math.min(away, farthestMinutes)) / 60;
    },
  };
}
