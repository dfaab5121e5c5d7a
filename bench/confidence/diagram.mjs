// node --import tsx bench/confidence/diagram.mjs --log F.csv [--log G.csv …] [--out docs/assets/reliability.svg] [--groups N]
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";

import { measure } from "./measure.mjs";
import { draw } from "./picture.mjs";
import { Refusal } from "./refusal.mjs";

const usage =
  "node --import tsx bench/confidence/diagram.mjs --log F.csv [--log G.csv ...] [--out FILE.svg] [--groups N]";

try {
  const text = { type: "string" };
  const {
    log: files = [],
    out = "docs/assets/reliability.svg",
    groups = "10000",
  } = parseArgs({ options: { log: { ...text, multiple: true }, out: text, groups: text } }).values;
  if (files.length === 0) throw new Refusal(usage);
  const effort = { count: Number(groups), seed: 1, without: [] };
  const panels = files.flatMap((file) => [false, true].map((history) => measure(file, { ...effort, history })));
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, draw(panels));
  console.log(`${out}: ${panels.length} panels`);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
