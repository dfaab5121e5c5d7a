// The least cost that ten long runs find, a line for each instance, as `--optima` of the benchmark reads it:
// node --import tsx bench/optimize/best.mjs wtN.txt [MILLISECONDS] > bestN.txt
import { readInstances } from "./read.mjs";
import { solve } from "./solve.mjs";

const runs = 10;
// None of them is the seed that the benchmark starts from.
const firstSeed = 11;

const [file, budget = "10000"] = process.argv.slice(2);
if (!file || !(Number(budget) > 0)) {
  console.error("node --import tsx bench/optimize/best.mjs wtN.txt [MILLISECONDS of CPU a run, 10000]");
  process.exit(1);
}
for (const instance of readInstances("wt", file)) {
  const costs = [];
  for (let run = 0; run < runs; run += 1)
    costs.push((await solve(instance, { budget_ms: Number(budget), seed: firstSeed + run, prove: false })).cost);
  console.log(Math.min(...costs));
}
