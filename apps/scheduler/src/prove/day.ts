import { timeOf } from "../optimize/axis.ts";
import type { Model } from "../optimize/model.ts";

/** The day planned in which a slot begins; -1 outside of all. */
export function dayOf({ axis, days }: Pick<Model, "axis" | "days">, slot: number): number {
  const time = timeOf(axis, slot);
  return days.findIndex(({ start, end }) => time >= start && time < end);
}
