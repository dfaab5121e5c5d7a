// npm run bench:confidence -- --log F.csv [--history] [--without LOG] [--groups N] [--seed S] [--json]
import { parseArgs } from "node:util";

import { measure } from "./measure.mjs";
import { Refusal } from "./refusal.mjs";
import { report } from "./report.mjs";

const usage = "npm run bench:confidence -- --log F.csv [--history] [--without LOG] [--groups N] [--seed S] [--json]";

try {
  const { files, json, ...effort } = options(process.argv.slice(2));
  const found = files.map((file) => measure(file, effort));
  console.log(json ? JSON.stringify(found.length === 1 ? found[0] : found, null, 2) : found.map(report).join("\n\n"));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function options(args) {
  const values = parsed(args);
  const { log: files = [], history = false, without = [], groups = "10000", seed = "1", json = false } = values;
  if (files.length === 0) throw new Refusal(`--log is missing\n${usage}`);
  return { files, history, without, json, count: whole("--groups", groups, 100), seed: whole("--seed", seed, 0) };
}

function parsed(args) {
  const text = { type: "string" };
  const texts = { type: "string", multiple: true };
  const yes = { type: "boolean" };
  try {
    return parseArgs({
      args,
      options: { log: texts, without: texts, history: yes, json: yes, groups: text, seed: text },
    }).values;
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
