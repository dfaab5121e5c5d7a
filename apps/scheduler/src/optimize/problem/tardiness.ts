import type { Weights } from "../../contract/index.ts";

/**
 * What it costs a task of weight 1 to end so many minutes after its deadline: at once, by the minute, and growing from
 * the second day on. Convex, so that two tasks a bit late are better than one that is very late.
 */
export function tardiness(late: number, weights: Weights): number {
  return (
    weights.late + weights.tardiness_per_minute * late + weights.tardiness_per_hour_beyond_a_day * beyondADay(late)
  );
}

/** From so much lateness on each hour more costs as much as this one; else weeks late would cost more than never. */
const steepestHours = 14 * 24;

/** Hours beyond the first day, squared, then straight on as steeply as that ends. */
function beyondADay(late: number): number {
  const hours = Math.max(0, late / 60 - 24);
  const steep = Math.min(hours, steepestHours);
  return steep ** 2 + 2 * steepestHours * (hours - steep);
}
