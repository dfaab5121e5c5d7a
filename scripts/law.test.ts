import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));

it.each([
  [
    "a package an app",
    "packages/flags/src/x.ts",
    'import { limits } from "@beq/scheduler/contract";\nexport const x = limits;',
  ],
  [
    "the engine Node",
    "packages/flags/src/x.ts",
    'import { readFileSync } from "node:fs";\nexport const x = readFileSync;',
  ],
  [
    "a feature another",
    "apps/api/src/health/x.ts",
    'import { generate } from "../schedule/generate.ts";\nexport const x = generate;',
  ],
  [
    "anybody deps",
    "apps/api/src/schedule/x.ts",
    'import { createDeps } from "../deps.ts";\nexport const x = createDeps;',
  ],
  [
    "the optimizer the service",
    "apps/scheduler/src/optimize/x.ts",
    'import { createPool } from "../pool.ts";\nexport const x = createPool;',
  ],
  [
    "the optimizer the clock's house",
    "apps/scheduler/src/optimize/x.ts",
    'import { hrtime } from "node:process";\nexport const x = hrtime;',
  ],
  [
    "the web app the server's code",
    "apps/web/src/x.ts",
    'import { appRouter } from "@beq/api";\nexport const x = appRouter;',
  ],
  [
    "anybody another workspace's inside",
    "apps/api/src/x.ts",
    'import { x } from "../../../packages/flags/src/murmur.ts";\nexport const y = x;',
  ],
])("does not let %s import", async (_what, path, text) => {
  expect(await lint(path, text)).toContain("no-restricted-imports");
});

it("lets the web app take types from the server", async () => {
  expect(
    await lint("apps/web/src/x.ts", 'import type { AppRouter } from "@beq/api";\nexport type X = AppRouter;'),
  ).not.toContain("no-restricted-imports");
});

/** What the linter says of one file, in a house with our rules and nothing else. */
async function lint(path: string, text: string): Promise<string> {
  const house = await mkdtemp(join(tmpdir(), "beq-law-"));
  await cp(join(root, ".oxlintrc.json"), join(house, ".oxlintrc.json"));
  await mkdir(dirname(join(house, path)), { recursive: true });
  await writeFile(join(house, path), text);
  const { stdout } = await run(join(root, "node_modules/.bin/oxlint"), [path], { cwd: house }).catch(
    (error: { stdout: string }) => error,
  );
  await rm(house, { recursive: true, force: true });
  return stdout;
}
