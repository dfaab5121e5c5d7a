import { covered, type Layer } from "../time/axis.ts";
import type { CostName, CostRule } from "./costs.ts";
import { isDemanding, shareOf, type Want } from "./demand.ts";
import type { Room } from "./room.ts";

/** What a person likes or not about the time of day. A piece counts by its share of the task. */
export function comfort(want: Want, { axis, layers, weights }: Pick<Room, "axis" | "layers" | "weights">): CostRule[] {
  const slots = Math.ceil(want.minutes / axis.grid);
  const share = shareOf(want);
  const inside = (layer: Layer, slot: number) => covered(layer, slot, slot + slots);

  /** By each minute in that time. */
  const avoid = (name: CostName, layer: Layer, weight: number): CostRule => ({
    name,
    cost: (slot) => weight * inside(layer, slot),
  });
  /** By the share of the work that lies outside of it. */
  const seek = (name: CostName, layer: Layer, weight: number): CostRule => ({
    name,
    cost: (slot) => weight * (share * (1 - inside(layer, slot) / (slots * axis.grid))),
  });

  const rules = [
    avoid("late_hours", layers.lateHours, weights.late_hours_per_minute),
    avoid("soft_constraint", layers.soft, weights.soft_constraint_per_minute),
  ];
  /** What lies before the days planned is no matter of taste any more. */
  const ahead = ({ name, cost }: CostRule): CostRule => ({
    name,
    cost: (slot) => (slot + slots > 0 ? cost(Math.max(0, slot)) : 0),
  });
  const { preferred } = want;
  if (preferred !== "anytime") rules.push(seek("preferred_time", layers.preferred[preferred], weights.preferred_time));
  if (isDemanding(want)) rules.push(seek("energy", layers.peak, weights.energy));
  if (covered(layers.focus, 0, axis.size) > 0)
    rules.push(
      isDemanding(want)
        ? seek("focus", layers.focus, weights.focus)
        : avoid("focus", layers.focus, weights.focus_taken_per_minute),
    );
  return rules.map(ahead);
}
