import { timeOf } from "../optimize/time/axis.ts";
import type { Model } from "../optimize/search/model.ts";

/** The day planned in which a slot begins; -1 outside of all. */
export function dayOf({ axis, days }: Pick<Model, "axis" | "days">, slot: number): number {
  const time = timeOf(axis, slot);
  return days.findIndex(({ start, end }) => time >= start && time < end);
}
