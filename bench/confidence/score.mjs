import { createRandom } from "@beq/scheduler/confidence";

import { byPerson } from "./groups.mjs";

const bins = 10;
const resamples = 2_000;
const fewPeople = 5;
const stretches = 20;
// Of 2,048 draws: what never happened in them may still happen.
const least = 1 / 4_096;

/** How good the probabilities `p` of the outcomes `held` are. */
export function scoreOf(forecasts, seed) {
  const { blocks, by } = blocksOf(forecasts);
  const totals = blocks.map(totalsOf);
  const all = added(totals);
  const random = createRandom(seed);
  const resampled = Array.from({ length: resamples }, () => measures(added(totals.map(() => pick(totals, random)))));
  return {
    groups: all.count,
    base_rate: all.held / all.count,
    ...measures(all),
    log_loss: all.loss / all.count,
    sharpness: spread(forecasts.map(({ p }) => p)),
    bootstrap: by,
    ece_interval: interval(resampled.map(({ ece }) => ece)),
    skill_interval: interval(resampled.map(({ skill }) => skill)),
    reliability: all.bins.map((bin, index) => ({
      from: index / bins,
      to: (index + 1) / bins,
      count: bin.count,
      forecast: bin.count > 0 ? bin.forecast / bin.count : null,
      held: bin.count > 0 ? bin.held / bin.count : null,
      interval: bin.count > 0 ? shareInterval(totals, index, random) : null,
    })),
  };
}

/** What is drawn again and again: people, or, where there are too few, stretches of the log. */
function blocksOf(forecasts) {
  const people = byPerson(forecasts);
  if (people.length >= fewPeople) return { blocks: people, by: `by person (${people.length})` };

  const sorted = forecasts.toSorted((a, b) => a.index - b.index);
  const size = Math.ceil(sorted.length / stretches);
  const blocks = Array.from({ length: Math.ceil(sorted.length / size) }, (_, part) =>
    sorted.slice(part * size, (part + 1) * size),
  );
  return { blocks, by: `by stretch of the log (${blocks.length}), as there are too few people (${people.length})` };
}

function totalsOf(forecasts) {
  const totals = empty();
  for (const { p, held } of forecasts) {
    const outcome = held ? 1 : 0;
    const bin = totals.bins[Math.min(bins - 1, Math.floor(p * bins))];
    bin.count += 1;
    bin.forecast += p;
    bin.held += outcome;
    totals.count += 1;
    totals.held += outcome;
    totals.squares += (p - outcome) ** 2;
    totals.loss -= Math.log(Math.max(least, held ? p : 1 - p));
  }
  return totals;
}

function empty() {
  return {
    count: 0,
    held: 0,
    squares: 0,
    loss: 0,
    bins: Array.from({ length: bins }, () => ({ count: 0, forecast: 0, held: 0 })),
  };
}

function added(list) {
  const sum = empty();
  for (const each of list) {
    for (const name of ["count", "held", "squares", "loss"]) sum[name] += each[name];
    each.bins.forEach((bin, index) => {
      for (const name of ["count", "forecast", "held"]) sum.bins[index][name] += bin[name];
    });
  }
  return sum;
}

/** Brier's score, its skill against always saying the base rate, and the expected calibration error. */
function measures({ count, held, squares, bins: filled }) {
  const base = (held / count) * (1 - held / count);
  const brier = squares / count;
  return {
    brier,
    skill: base > 0 ? 1 - brier / base : 0,
    ece: filled.reduce((sum, bin) => sum + Math.abs(bin.forecast - bin.held), 0) / count,
  };
}

function shareInterval(totals, index, random) {
  const shares = Array.from({ length: resamples / 4 }, () => {
    const drawn = totals.map(() => pick(totals, random).bins[index]);
    const count = drawn.reduce((sum, bin) => sum + bin.count, 0);
    return count > 0 ? drawn.reduce((sum, bin) => sum + bin.held, 0) / count : null;
  });
  return interval(shares.filter((share) => share !== null));
}

function pick(list, random) {
  return list[Math.floor(random() * list.length)];
}

/** 95 % of the values. */
function interval(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.round(share * (sorted.length - 1))] ?? null;
  return [at(0.025), at(0.975)];
}

function spread(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
