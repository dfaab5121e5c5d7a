import type { Weight } from "@beq/flags";

/** The engine's bound on the sum of weights. */
const most = 2 ** 31 - 1;
/** Thousandths of a percent: what the slider is made of. */
const usual = 100_000;

export function totalOf(weights: readonly Weight[]): number {
  return weights.reduce((sum, { weight }) => sum + weight, 0);
}

/** The share of one entry in percent; 0 where all weights are 0. */
export function percentOf(weights: readonly Weight[], index: number): number {
  const total = totalOf(weights);
  return total === 0 ? 0 : (100 * (weights[index]?.weight ?? 0)) / total;
}

/** A share as people read it, to at most seven digits behind the point. */
export function shownPercent(percent: number): string {
  return String(Number(percent.toFixed(7)));
}

/**
 * The weights after one share was set to `percent`. What it gains is taken from the entry behind it, or before it for
 * the last one, and further on once that has none left: only one border moves, so as few people as possible change
 * sides. All weights are first scaled by one whole number, which moves nobody, until the share can be told exactly.
 */
export function withPercent(weights: readonly Weight[], index: number, percent: number): Weight[] {
  const scaled = fine(weights, percent);
  const total = totalOf(scaled);
  const wanted = Math.round((Math.min(100, Math.max(0, percent)) / 100) * total);
  const result = scaled.map((entry) => ({ ...entry }));
  const own = result[index];
  if (!own) return [...weights];

  let owed = wanted - own.weight;
  own.weight = wanted;
  for (const other of neighbours(result, index)) {
    const taken = Math.min(owed, other.weight);
    other.weight -= taken;
    owed -= taken;
  }
  return reduced(result);
}

/** Who gives and takes, in turn: those behind, nearest first, then those before. */
function neighbours<T>(entries: readonly T[], index: number): T[] {
  return [...entries.slice(index + 1), ...entries.slice(0, index).toReversed()];
}

/** Multiplied by the smallest whole number by which the percentage becomes a whole weight. */
function fine(weights: readonly Weight[], percent: number): readonly Weight[] {
  const total = totalOf(weights);
  const parts = Math.max(usual, 10 ** (2 + digitsBehind(percent)));
  if (total === 0) return weights.map((entry, at) => ({ ...entry, weight: at === weights.length - 1 ? parts : 0 }));

  // Without room for the exact share, the finest there is: it misses by less than a millionth of a percent.
  const factor = Math.min(parts / divisor(total, parts), Math.floor(most / total));
  return weights.map((entry) => ({ ...entry, weight: entry.weight * factor }));
}

/** Back to thousandths of a percent, or to percents where that says the same: documents stay readable. */
function reduced(weights: readonly Weight[]): Weight[] {
  const total = totalOf(weights);
  for (const parts of [100, usual]) {
    const factor = total / parts;
    const fits = Number.isInteger(factor) && weights.every(({ weight }) => weight % factor === 0);
    if (factor > 1 && fits) return weights.map((entry) => ({ ...entry, weight: entry.weight / factor }));
  }
  return [...weights];
}

function digitsBehind(percent: number): number {
  const [, behind = ""] = percent.toFixed(7).replace(/0+$/, "").split(".");
  return behind.length;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

const low = [0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];
const stops: readonly number[] = [
  ...low,
  ...Array.from({ length: 99 }, (_, percent) => percent + 1),
  ...low.toReversed().map((percent) => Number((100 - percent).toFixed(3))),
];

/** The next stop of the slider's keys: whole percents, with finer ones near nothing and near everything. */
export function nextStop(percent: number, direction: 1 | -1): number {
  const close = 1e-7;
  const next =
    direction === 1 ? stops.find((stop) => stop > percent + close) : stops.findLast((stop) => stop < percent - close);
  return next ?? percent;
}
