// npm run bench:optimize -- --set wt|rjwt|weeks --file F [--optima G] [--budget-ms N] [--seed S] [--prove] [--json]
import { parseArgs } from "node:util";

import { readInstances, Refusal } from "./read.mjs";
import { report, summaryOf } from "./report.mjs";
import { createProver } from "@beq/scheduler/prove";
import { solve } from "./solve.mjs";

const usage =
  "npm run bench:optimize -- --set wt|rjwt|weeks --file F [--optima G] [--budget-ms N] [--seed S] [--prove] [--json]";

try {
  const { set, files, optima, effort, json } = options(process.argv.slice(2));
  const instances = files.flatMap((file) => readInstances(set, file, optima));
  await warmUp(instances, effort);
  const prover = effort.prove ? createProver() : undefined;
  const rows = [];
  for (const instance of instances) rows.push(await solve(instance, effort, prover));
  const found = { instances: rows, summary: { set, ...effort, ...summaryOf(rows) } };
  console.log(json ? JSON.stringify(found, null, 2) : report(found));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function options(args) {
  const values = parsed(args);
  const { set, file: files = [], optima, seed = "1", prove = false, json = false } = values;
  const budget = values["budget-ms"] ?? (prove ? "10000" : "200");
  if (!["wt", "rjwt", "weeks"].includes(set)) throw new Refusal(`--set must be wt, rjwt or weeks\n${usage}`);
  if (files.length === 0) throw new Refusal(`--file is missing\n${usage}`);
  return {
    set,
    files,
    optima,
    json,
    effort: { budget_ms: whole("--budget-ms", budget, 1), seed: whole("--seed", seed, 0), prove },
  };
}

function parsed(args) {
  const text = { type: "string" };
  const yes = { type: "boolean" };
  const known = {
    set: text,
    file: { type: "string", multiple: true },
    optima: text,
    "budget-ms": text,
    seed: text,
    prove: yes,
    json: yes,
  };
  try {
    return parseArgs({ args, options: known }).values;
  } catch (error) {
    throw new Refusal(`${error.message}\n${usage}`);
  }
}

function whole(name, text, least) {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < least)
    throw new Refusal(`${name} must be a whole number of at least ${least}, not '${text}'`);
  return number;
}

/** A process that lives on has compiled the engine already; here several short runs do, charged to no instance. */
async function warmUp(instances, effort) {
  const rounds = 40;
  const short = { ...effort, budget_ms: Math.min(effort.budget_ms, 200) };
  for (let round = 0; round < rounds; round += 1)
    await solve(instances[round % instances.length], { ...short, seed: effort.seed + 1 + round });
}
