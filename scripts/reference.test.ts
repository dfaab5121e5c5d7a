import { execFile } from "node:child_process";
import { appendFile, cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));

it("is what the docstrings say now", async () => {
  expect(await reference(root, "--check")).toEqual({ code: 0, stderr: "" });
});

it("is found out of date when a docstring has changed", async () => {
  await using house = await copy("/** A number. */\nexport const added = 1;\n");

  expect(await reference(house.root, "--check")).toEqual({
    code: 1,
    stderr: "docs/reference/flags.md is out of date: node scripts/reference.mjs\n",
  });
});

it("shows a function by its docstring, its tags as a list, and its signature", async () => {
  await using house = await copy(`
/**
 * Doubles a number.
 * @param x the number
 * @throws a RangeError for none
 */
export function double(x: number): number {
  return 2 * x;
}
`);
  await reference(house.root);

  expect(await readFile(join(house.root, "docs/reference/flags.md"), "utf8")).toContain(`### double

Doubles a number.

- \`@param\` x the number
- \`@throws\` a RangeError for none

\`\`\`ts
function double(x: number): number;
\`\`\`
`);
});

it("is refused while an export has no docstring", async () => {
  await using house = await copy("export const bare = 1;\n");

  expect(await reference(house.root)).toEqual({
    code: 1,
    stderr: "packages/flags/src/index.ts: bare has no docstring\n",
  });
});

/** How the generator ends in a checkout. */
async function reference(root: string, ...flags: string[]): Promise<{ code: number; stderr: string }> {
  const done = run(process.execPath, [join(root, "scripts/reference.mjs"), ...flags]);
  return done.then(
    ({ stderr }) => ({ code: 0, stderr }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr }),
  );
}

/** A checkout with what the generator reads, and more at the end of the first entry point. */
async function copy(more: string) {
  const house = await mkdtemp(join(tmpdir(), "beq-reference-"));
  const parts = ["scripts", "docs/reference", "packages/flags/package.json", "packages/flags/src"];
  await Promise.all(parts.map((part) => cp(join(root, part), join(house, part), { recursive: true })));
  await symlink(join(root, "node_modules"), join(house, "node_modules"));
  await appendFile(join(house, "packages/flags/src/index.ts"), more);
  return { root: house, [Symbol.asyncDispose]: () => rm(house, { recursive: true, force: true }) };
}
