import type { Actual } from "../../contract/index.ts";
import { isExact, type Prior, scaleOf } from "./prior.ts";

/** Rising ratios of actual to estimated duration; `reached[i]` is the probability of at most `ratios[i]`. */
export type Ratios = { readonly ratios: Float64Array; readonly reached: Float64Array };

/** How long a task may really take, by its estimate in minutes. */
export type Overrun = (task: { readonly estimate: number; readonly category: string }) => Ratios;

/** Finished tasks in columns: hundreds of tasks ask of thousands. Rising by `level`, then those that were exact. */
type Past = {
  /** What the ratio would be of a task of one minute; the same order then holds for every size. */
  readonly levels: Float64Array;
  /** How many have a level; what is behind them took just its estimate. */
  readonly leveled: number;
  readonly categories: readonly (string | null)[];
  /** How much of them has not faded, by layer. */
  readonly fresh: readonly Float64Array[];
  /** The logarithms of all estimates that there are, and which of them is a task's. */
  readonly sizes: Float64Array;
  readonly size: Int32Array;
};

/** Own tasks that tell of another: by the distance of their size as a logarithm, and by how many tasks ago they were. */
type Layer = {
  /** They weigh as much as all that is less special when there are so many of them. */
  readonly few: number;
  readonly close: (distance: number) => number;
  readonly fresh: (age: number) => number;
};

/** Of "about the same size", as a standard deviation: a factor of e^0.6, or 1.8. */
const width = 0.6;
const about = (distance: number) => Math.exp(-0.5 * (distance / width) ** 2);
/** Estimates may have gone through hours or days as fractions: within a hundredth they are the same. */
const same = (distance: number) => (Math.abs(distance) < 0.01 ? 1 : 0);

// Chosen on the earlier parts of the SiP and Renzo logs. Twice or half of any of these changes the Brier skill there by
// 0.01 at most, so that they are not fitted to those people.
/** From the most special: exactly the same estimate, the latest of about the same size, all of about the same size. */
const layers: readonly Layer[] = [
  { few: 30, close: same, fresh: (age) => faded(age, 1_000) + 5 * faded(age, 30) },
  { few: 15, close: about, fresh: (age) => faded(age, 10) },
  { few: 8, close: about, fresh: (age) => faded(age, 1_000) },
];
/** Another category tells half as much. */
const otherCategory = 0.5;

/**
 * The person's own overruns, shrunk towards the prior: an empirical distribution, never a fitted one, so that the third
 * of all tasks that take just their estimate stay a third. Layer by layer n own tasks, by Kish's effective sample size,
 * get n / (n + few) of what the layers before left; the last rest is the prior's.
 * @param actuals oldest first
 */
export function createOverrun(actuals: readonly Actual[], prior: Prior): Overrun {
  const past = pastOf(actuals);
  const known = new Map<string, Ratios>();
  return ({ estimate, category }) => {
    const name = `${estimate} ${category}`;
    const found = known.get(name) ?? mix(past, weigh(past, estimate, category), estimate, prior(estimate));
    known.set(name, found);
    return found;
  };
}

function pastOf(actuals: readonly Actual[]): Past {
  const tasks = actuals.map(({ estimated_minutes: estimated, actual_minutes: actual, category }, index) => ({
    level: isExact(actual / estimated) ? Infinity : actual / estimated / scaleOf(estimated),
    logEstimate: Math.log(estimated),
    category: category ?? null,
    age: actuals.length - 1 - index,
  }));
  tasks.sort((a, b) => (a.level < b.level ? -1 : a.level > b.level ? 1 : 0));
  const numbers = new Map(
    [...new Set(tasks.map(({ logEstimate }) => logEstimate))].map((size, index) => [size, index]),
  );
  return {
    levels: Float64Array.from(tasks, ({ level }) => level),
    leveled: tasks.filter(({ level }) => level < Infinity).length,
    categories: tasks.map(({ category }) => category),
    fresh: layers.map(({ fresh }) => Float64Array.from(tasks, ({ age }) => fresh(age))),
    sizes: Float64Array.from(numbers.keys()),
    size: Int32Array.from(tasks, ({ logEstimate }) => numbers.get(logEstimate) ?? 0),
  };
}

function faded(age: number, half: number): number {
  return 0.5 ** (age / half);
}

/** Each past task's share of the whole; what they leave of 1 is the prior's. */
function weigh({ fresh, sizes, size, categories }: Past, estimate: number, category: string): Float64Array {
  const alike = categories.map((other) => (other === null || other === category ? 1 : otherCategory));
  const shares = new Float64Array(size.length);
  let left = 1;
  layers.forEach(({ few, close }, layer) => {
    const closeness = sizes.map((each) => close(each - Math.log(estimate)));
    const weights = (fresh[layer] ?? shares).map(
      (weight, index) => weight * (alike[index] ?? 1) * (closeness[size[index] ?? 0] ?? 0),
    );
    const { sum, count } = tally(weights);
    if (sum === 0) return;
    const share = (left * count) / (count + few);
    weights.forEach((weight, index) => void (shares[index] = (shares[index] ?? 0) + (weight * share) / sum));
    left -= share;
  });
  return shares;
}

/** Total weight, and how many equally weighted tasks would tell as much (Kish 1965): the squared sum by the sum of squares. */
function tally(weights: Float64Array): { sum: number; count: number } {
  let sum = 0;
  let squares = 0;
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
  }
  return { sum, count: squares > 0 ? (sum * sum) / squares : 0 };
}

/** What own tasks tell of a task of that size and what the prior does, in one rising list. */
function mix({ levels, leveled }: Past, weights: Float64Array, estimate: number, prior: Float64Array): Ratios {
  const total = levels.length + prior.length;
  const ratios = new Float64Array(total);
  const reached = new Float64Array(total);
  const scale = scaleOf(estimate);
  const each = Math.max(0, 1 - weights.reduce((sum, weight) => sum + weight, 0)) / prior.length;
  let [own, exact, other, sum] = [0, leveled, 0, 0];
  for (let index = 0; index < total; index += 1) {
    const mine = own < leveled ? (levels[own] ?? 0) * scale : Infinity;
    const just = exact < levels.length ? 1 : Infinity;
    const theirs = prior[other] ?? Infinity;
    const least = Math.min(mine, just, theirs);
    if (least === theirs) {
      other += 1;
      sum += each;
    } else {
      sum += weights[least === mine ? own++ : exact++] ?? 0;
    }
    ratios[index] = least;
    reached[index] = sum;
  }
  return { ratios, reached };
}

/** The ratios at `count` probabilities, rising: one in each of as many equal parts of the distribution. */
export function strata({ ratios, reached }: Ratios, count: number, random: () => number): Float64Array {
  const drawn = new Float64Array(count);
  let next = 0;
  for (let part = 0; part < count; part += 1) {
    const probability = (part + random()) / count;
    while (next < ratios.length - 1 && (reached[next] ?? 1) <= probability) next += 1;
    drawn[part] = ratios[next] ?? 1;
  }
  return drawn;
}
