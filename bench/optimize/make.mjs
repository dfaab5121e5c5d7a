// Instances by OR-Library's published recipe, as one file: node bench/optimize/make.mjs N [SEED] [EACH] > wtN.txt
// For each relative range of due dates and each tardiness factor in 0.2 to 1.0: EACH (5) instances, 125 in all.
import { createRandom } from "@beq/scheduler/optimize";

const [size = 100, seed = size, each = 5] = process.argv.slice(2).map(Number);
if (![size, seed, each].every(Number.isSafeInteger) || size < 2 || each < 1) {
  console.error("node bench/optimize/make.mjs N [SEED] [EACH]: whole numbers, N at least 2");
  process.exit(1);
}
const random = createRandom(seed);
const steps = [0.2, 0.4, 0.6, 0.8, 1];
for (const range of steps)
  for (const tardiness of steps)
    for (let index = 0; index < each; index += 1)
      for (const list of instance(range, tardiness)) console.log(list.join(" "));

function instance(range, tardiness) {
  const durations = many(() => between(1, 100));
  const weights = many(() => between(1, 10));
  const total = durations.reduce((sum, duration) => sum + duration, 0);
  const low = Math.floor(total * (1 - tardiness - range / 2));
  const high = Math.floor(total * (1 - tardiness + range / 2));
  return [durations, weights, many(() => Math.max(0, between(low, high)))];
}

function many(make) {
  return Array.from({ length: size }, make);
}

function between(low, high) {
  return low + Math.floor(random() * (high - low + 1));
}
