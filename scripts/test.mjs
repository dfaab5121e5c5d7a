// Runs every test. `npm test -- apps/api` runs those whose path holds the words given.
import { build, ensureInstalled, run } from "./install.mjs";
import { missingTools } from "./tools.mjs";

ensureInstalled();
build();

const missing = missingTools();
for (const { names, tests, package: apt } of missing)
  process.stdout.write(`SKIPPED: ${tests}, because ${names.at(-1)} is not on this machine (apt-get install ${apt})\n`);
if (missing.length > 0 && process.env.REQUIRE_ALL_TOOLS === "1") process.exit(1);

run("node_modules/.bin/vitest", ["run", ...process.argv.slice(2)]);
