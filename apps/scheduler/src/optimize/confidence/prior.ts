import { quantiles, sizes, type Source } from "./quantiles.ts";
import { at } from "../time/spans.ts";

/** Ratios of actual to estimated duration, all equally likely, rising, for a task of so many estimated minutes. */
export type Prior = (estimate: number) => Float64Array;

const everySource: readonly Source[] = ["sip", "renzo", "cesaw"];

/**
 * Ratios fall as this power of the estimate: long tasks are thought too long, short ones too short. From size to size
 * the mean logarithm falls so in Renzo and CESAW (0.13) and in SiP and CESAW (0.12).
 */
const trend = 0.13;

/** Where the last size, which has no end, would end if it spanned a factor of two as those before it. */
const longest = 480;

/**
 * What to expect of somebody of whom nothing is known: the given logs in equal parts, size by size. Parametric fits were
 * tried on the same logs and are worse calibrated: a third of all tasks take exactly their estimate, and the tail is
 * heavy.
 */
export function createPrior(sources: readonly Source[] = everySource): Prior {
  const bySize = sizes.map((_, size) =>
    Float64Array.from(sources.flatMap((source) => at(quantiles[source], size))).sort(),
  );
  return (estimate) => {
    const ratios = at(bySize, sizeOf(estimate));
    if (estimate <= longest) return ratios;

    const scale = scaleOf(estimate) / scaleOf(longest);
    return ratios.map((ratio) => (isExact(ratio) ? ratio : ratio * scale)).sort();
  };
}

/** Ratios of tasks of two estimates are as these. */
export function scaleOf(estimate: number): number {
  return estimate ** -trend;
}

/** What took just its estimate was made to fit: that share does not follow the trend. */
export function isExact(ratio: number): boolean {
  return Math.abs(ratio - 1) < 1e-6;
}

function sizeOf(estimate: number): number {
  return sizes.findIndex((upTo) => estimate <= upTo);
}
