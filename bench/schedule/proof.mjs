// npm run bench:proof [-- --weeks N] [-- --tasks N] [-- --days N] [-- --json]; what a stream adds to its first plan.
import { parseArgs } from "node:util";
import { withPlanning } from "../scheduler.mjs";
import { livePlans } from "./live.mjs";
import { weekOf } from "./weeks.mjs";

const { values: options } = parseArgs({
  options: {
    weeks: { type: "string", default: "20" },
    tasks: { type: "string", default: "30" },
    days: { type: "string", default: "5" },
    json: { type: "boolean" },
  },
});
const [weeks, tasks, days] = [options.weeks, options.tasks, options.days].map(Number);

const found = await withPlanning(async ({ url }) => {
  const plans = livePlans(url);
  const rows = [];
  for (let index = 1; index <= weeks; index += 1)
    rows.push(await followed(plans, weekOf(`proof-${index}`, index, { tasks, days })));
  return rows;
});
console.log(options.json ? JSON.stringify(found) : report(found));

/** The first plan and the last of a stream. */
async function followed(plans, week) {
  const started = performance.now();
  const answers = [];
  for await (const line of await plans(week))
    if (line.type === "answer") answers.push({ ...line.answer, seconds: (performance.now() - started) / 1_000 });
  const told = ({ cost, lower_bound, optimality_gap, proof, seconds }) => ({
    cost,
    lower_bound,
    optimality_gap,
    proof,
    seconds,
  });
  return { first: told(answers[0]), last: told(answers.at(-1)) };
}

function report(rows) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const percent = (share) => `${(share * 100).toFixed(1)} %`;
  const above = rows.map(({ first, last }) => first.cost / last.cost - 1);
  const row = (name, all) => {
    const gaps = all.map(({ optimality_gap: gap }) => gap ?? Infinity);
    const optimal = all.filter(({ proof }) => proof === "optimal").length;
    const seconds = mean(all.map(({ seconds }) => seconds)).toFixed(1);
    return `${name}: after ${seconds} s, stated gap ${percent(mean(gaps))} on the mean, ${percent(Math.max(...gaps))} at most; ${optimal} of ${all.length} optimal`;
  };
  return [
    `${weeks} weeks of ${tasks} tasks over ${days} days, with breaks and a lunch a day`,
    row(
      "first",
      rows.map(({ first }) => first),
    ),
    row(
      "last",
      rows.map(({ last }) => last),
    ),
    `first plans cost ${percent(mean(above))} more than the last on the mean, ${percent(Math.max(...above))} at most`,
  ].join("\n");
}
