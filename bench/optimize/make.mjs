// Instances by OR-Library's published recipe, as one file: node bench/optimize/make.mjs N [SEED] [EACH] > wtN.txt
// For each relative range of due dates and each tardiness factor in 0.2 to 1.0: EACH (5) instances, 125 in all.
// Weeks, as one file: node bench/optimize/make.mjs weeks N PERCENT DAYS [SEED] [COUNT] > weeks.json; the load in percent.
import { createRandom } from "@beq/scheduler/optimize";
import { makeWeek } from "./week.mjs";

const isWeeks = process.argv[2] === "weeks";
const numbers = process.argv.slice(isWeeks ? 3 : 2).map(Number);
const [size = 100, seed = size, each = 5] = numbers;
if (!numbers.every(Number.isSafeInteger) || size < 2 || each < 1 || (isWeeks && numbers.length < 3)) {
  console.error("node bench/optimize/make.mjs N [SEED] [EACH], or weeks N PERCENT DAYS [SEED] [COUNT]: whole numbers");
  process.exit(1);
}
const random = createRandom(seed);
if (isWeeks) weeks(numbers);
else lines();

function weeks([count, percent, days, first = 1, many = 1]) {
  const made = Array.from({ length: many }, (_, index) =>
    makeWeek({ count, load: percent / 100, days, seed: first + index }),
  );
  console.log(JSON.stringify(made));
}

function lines() {
  const steps = [0.2, 0.4, 0.6, 0.8, 1];
  for (const range of steps)
    for (const tardiness of steps)
      for (let index = 0; index < each; index += 1)
        for (const list of instance(range, tardiness)) console.log(list.join(" "));
}

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
