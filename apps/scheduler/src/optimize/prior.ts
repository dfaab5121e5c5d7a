import { at } from "./spans.ts";

/**
 * How actual durations relate to estimates, by size of the estimate: empirical quantiles pooled over three published
 * task logs (SiP, Renzo, CESAW). Parametric fits were tried on the same logs and are worse calibrated: a third of all
 * tasks take exactly their estimate, and the tail is heavy.
 */
const levels = [0.05, 0.1, 0.25, 0.5, 0.75, 0.8, 0.9, 0.95] as const;
const table: readonly { upToMinutes: number; ratios: readonly number[] }[] = [
  { upToMinutes: 15, ratios: [0.36, 0.58, 1.0, 1.0, 1.3, 1.67, 3.11, 5.83] },
  { upToMinutes: 30, ratios: [0.27, 0.5, 1.0, 1.0, 1.15, 1.57, 2.08, 3.3] },
  { upToMinutes: 60, ratios: [0.27, 0.5, 0.57, 1.0, 1.5, 1.5, 2.25, 3.39] },
  { upToMinutes: 120, ratios: [0.25, 0.25, 0.5, 1.0, 1.25, 1.37, 2.0, 2.78] },
  { upToMinutes: 240, ratios: [0.17, 0.2, 0.5, 0.88, 1.14, 1.26, 1.78, 2.5] },
  { upToMinutes: Infinity, ratios: [0.09, 0.17, 0.45, 0.9, 1.2, 1.36, 1.99, 2.85] },
];

/**
 * Actual over estimated minutes at a probability in [0, 1): linear between the known quantiles; beyond them the outer
 * slope goes on, below it never under half of the lowest.
 */
export function overrun(estimateMinutes: number, probability: number): number {
  const { ratios } = at(
    table,
    table.findIndex(({ upToMinutes }) => estimateMinutes <= upToMinutes),
  );
  const above = levels.findIndex((level) => probability < level);
  const right = above < 0 ? levels.length - 1 : Math.max(1, above);
  const low = at(ratios, right - 1);
  const share = (probability - at(levels, right - 1)) / (at(levels, right) - at(levels, right - 1));
  return Math.max(at(ratios, 0) / 2, low + share * (at(ratios, right) - low));
}
