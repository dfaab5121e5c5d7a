import type { Actual } from "../../contract/index.ts";
import type { Prior } from "./prior.ts";

/** Rising ratios of actual to estimated duration; `reached[i]` is the probability of at most `ratios[i]`. */
export type Ratios = { readonly ratios: Float64Array; readonly reached: Float64Array };

/** How long a task may really take, by its estimate in minutes. */
export type Overrun = (task: { readonly estimate: number; readonly category: string }) => Ratios;

/** Finished tasks by rising ratio, in columns: hundreds of tasks ask of thousands. */
type Past = {
  readonly ratios: Float64Array;
  readonly categories: readonly (string | null)[];
  /** How much of them has not faded, among tasks of about the same size and of exactly the same estimate. */
  readonly near: Float64Array;
  readonly same: Float64Array;
  /** The logarithms of all estimates that there are, and which of them is a task's. */
  readonly sizes: Float64Array;
  readonly size: Int32Array;
};

// Chosen on the earlier parts of the SiP and Renzo logs. Twice or half of any of these changes the Brier skill there by
// 0.01 at most, so that they are not fitted to those people.
/** Own tasks of about the same size weigh as much as the prior when there are so many of them. */
const fewNear = 8;
/** Own tasks of exactly the same estimate weigh as much as all else when there are so many of them. */
const fewSame = 30;
/** Of "about the same size", as a standard deviation: a factor of e^0.6, or 1.8. */
const width = 0.6;
/** Another category tells half as much. */
const otherCategory = 0.5;
/** What was long ago fades; the latest few tell most of how things go just now. */
const fading = { base: 1_000, latest: 10, boost: 20 };
const fadingSame = { base: 1_000, latest: 30, boost: 5 };

/**
 * The person's own overruns, shrunk towards the prior: an empirical distribution, never a fitted one, so that the third
 * of all tasks that take just their estimate stay a third. Own tasks count by how near their size is and how recent they
 * are; n of them, by Kish's effective sample size, get the weight n / (n + k), first those of about the same size against
 * the prior, then those of exactly the same estimate against both.
 * @param actuals oldest first
 */
export function createOverrun(actuals: readonly Actual[], prior: Prior): Overrun {
  const past = pastOf(actuals);
  const known = new Map<string, Ratios>();
  return ({ estimate, category }) => {
    const name = `${estimate} ${category}`;
    const found = known.get(name) ?? mix(past, weigh(past, estimate, category), prior(estimate));
    known.set(name, found);
    return found;
  };
}

function pastOf(actuals: readonly Actual[]): Past {
  const tasks = actuals.map(({ estimated_minutes: estimated, actual_minutes: actual, category }, index) => ({
    ratio: actual / estimated,
    logEstimate: Math.log(estimated),
    category: category ?? null,
    age: actuals.length - 1 - index,
  }));
  tasks.sort((a, b) => a.ratio - b.ratio);
  const numbers = new Map(
    [...new Set(tasks.map(({ logEstimate }) => logEstimate))].map((size, index) => [size, index]),
  );
  return {
    ratios: Float64Array.from(tasks, ({ ratio }) => ratio),
    categories: tasks.map(({ category }) => category),
    near: Float64Array.from(tasks, ({ age }) => fade(age, fading)),
    same: Float64Array.from(tasks, ({ age }) => fade(age, fadingSame)),
    sizes: Float64Array.from(numbers.keys()),
    size: Int32Array.from(tasks, ({ logEstimate }) => numbers.get(logEstimate) ?? 0),
  };
}

/** Each past task's share of the whole; what they leave of 1 is the prior's. */
function weigh({ near, same, sizes, size, categories }: Past, estimate: number, category: string): Float64Array {
  const distances = sizes.map((each) => each - Math.log(estimate));
  const closeness = distances.map((distance) => Math.exp(-0.5 * (distance / width) ** 2));
  const alike = (index: number) => {
    const other = categories[index] ?? null;
    return other === null || other === category ? 1 : otherCategory;
  };
  const about = near.map((weight, index) => weight * alike(index) * (closeness[size[index] ?? 0] ?? 0));
  const exact = same.map((weight, index) => (isSame(distances[size[index] ?? 0]) ? weight * alike(index) : 0));
  const [abouts, exacts] = [tally(about), tally(exact)];
  const shareExact = exacts.count / (exacts.count + fewSame);
  const shareAbout = (1 - shareExact) * (abouts.count / (abouts.count + fewNear));
  const perAbout = abouts.sum > 0 ? shareAbout / abouts.sum : 0;
  const perExact = exacts.sum > 0 ? shareExact / exacts.sum : 0;
  return about.map((weight, index) => weight * perAbout + (exact[index] ?? 0) * perExact);
}

/** Estimates may have gone through hours or days as fractions: within a hundredth they are the same. */
function isSame(distance = Infinity): boolean {
  return Math.abs(distance) < 0.01;
}

function fade(age: number, { base, latest, boost }: typeof fading): number {
  return 0.5 ** (age / base) + boost * 0.5 ** (age / latest);
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

/** Both in one rising list. */
function mix({ ratios: past }: Past, weights: Float64Array, prior: Float64Array): Ratios {
  const total = past.length + prior.length;
  const ratios = new Float64Array(total);
  const reached = new Float64Array(total);
  const each = Math.max(0, 1 - weights.reduce((sum, weight) => sum + weight, 0)) / prior.length;
  let [own, other, sum] = [0, 0, 0];
  for (let index = 0; index < total; index += 1) {
    const [mine, theirs] = [past[own] ?? Infinity, prior[other] ?? Infinity];
    const isOwn = other === prior.length || (own < past.length && mine <= theirs);
    sum += isOwn ? (weights[own] ?? 0) : each;
    ratios[index] = isOwn ? mine : theirs;
    reached[index] = sum;
    if (isOwn) own += 1;
    else other += 1;
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
