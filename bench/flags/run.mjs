// npm run bench:flags [-- --quick] [-- --json]; fails when a goal of goals.mjs that must be reached is missed.
import { execFileSync, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

import { report } from "./report.mjs";
import { summary } from "./summary.mjs";

const { values: options } = parseArgs({ options: { quick: { type: "boolean" }, json: { type: "boolean" } } });
const here = fileURLToPath(new URL(".", import.meta.url));
const peers = ["flagd", "growthbook", "unleash", "launchdarkly", "configcat"];
// Milliseconds of CPU time for a sample, and before the first.
const effort = options.quick
  ? { rounds: 5, milliseconds: 2, warmUp: 30 }
  : { rounds: 31, milliseconds: 15, warmUp: 300 };

install();
const folder = await mkdtemp(join(tmpdir(), "beq-bench-"));
try {
  const bundle = await bundled(folder);
  const runs = {};
  for (const contestant of [...peers, "beq"]) runs[contestant] = await measured(contestant, bundle);
  const found = summary(runs);
  console.log(options.json ? JSON.stringify(found, null, 2) : report(found));
  if (!found.goals.every(({ must }) => must)) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true });
}

function install() {
  const bench = join(here, "..");
  if (existsSync(join(bench, "node_modules", "unleash-client"))) return;
  execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: bench, stdio: "inherit" });
}

/** The package's public entry as a server's build would hold it. */
async function bundled(outDir) {
  const { build } = await import("vite");
  const entry = join(here, "../../packages/flags/src/index.ts");
  const rolldownOptions = { output: { entryFileNames: "flags.mjs" } };
  await build({
    configFile: false,
    logLevel: "error",
    ssr: { noExternal: true },
    build: { ssr: entry, outDir, target: "node20", minify: false, rolldownOptions },
  });
  return pathToFileURL(join(outDir, "flags.mjs")).href;
}

function measured(contestant, bundle) {
  const child = fork(join(here, "measure.mjs"), [contestant, bundle, JSON.stringify(effort)], {
    // The young generation at its usual greatest size from the start, so that heap windows meet no collection.
    execArgv: ["--expose-gc", "--min-semi-space-size=16", "--max-semi-space-size=16"],
  });
  return new Promise((resolve, reject) => {
    let answer;
    child.on("message", (message) => (answer = message));
    child.on("error", reject);
    child.on("exit", (code) => (answer && code === 0 ? resolve(answer) : reject(new Error(`${contestant} failed`))));
  });
}
