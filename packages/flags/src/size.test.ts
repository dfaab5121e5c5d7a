import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { expect, it } from "vitest";

const LIMITS = { evaluation: 6_000, hook: 2_500 };
const STATED = statedIn("../../../docs/guides/first-flag.md");

it("needs less than 6 kB gzip to evaluate, and no more than is said, without the schema library", async () => {
  const code = await bundled(`export { compile } from "./index.ts";`);
  expect(code).not.toContain("ZodError");
  expect(code).toContain("FLAG_NOT_FOUND");
  expect(gzipSync(code).length).toBeLessThan(Math.min(LIMITS.evaluation, STATED.evaluation));
});

it("needs less than 2.5 kB gzip for a flag in React, and no more than is said, React aside", async () => {
  const code = await bundled(`export { createFlagHooks, createFlagStore } from "./react/index.ts";`);
  expect(code).toContain("useSyncExternalStore");
  expect(gzipSync(code).length).toBeLessThan(Math.min(LIMITS.hook, STATED.hook));
});

/** The sizes that the guide states, in bytes. */
function statedIn(path: string): { hook: number; evaluation: number } {
  const text = readFileSync(new URL(path, import.meta.url), "utf8");
  const [hook = 0, evaluation = 0] = Array.from(text.matchAll(/([\d.]+) kB gzip/g), ([, size]) => Number(size) * 1000);
  return { hook, evaluation };
}

/** The code that a module's exports need, minified, packages left out. */
async function bundled(source: string): Promise<string> {
  const root = fileURLToPath(new URL(".", import.meta.url));
  const entry = `${root}entry.ts`;
  const built = await build({
    configFile: false,
    logLevel: "error",
    oxc: { jsx: { runtime: "automatic", development: false } },
    plugins: [
      {
        name: "entry",
        enforce: "pre",
        resolveId: (id) => (id === entry ? entry : null),
        load: (id) => (id === entry ? source : null),
      },
    ],
    build: {
      write: false,
      minify: true,
      target: "es2022",
      rolldownOptions: { input: entry, preserveEntrySignatures: "strict", external: [/^react/, "re2js"] },
    },
  });
  const [first] = Array.isArray(built) ? built : [built];
  const chunk = first && "output" in first ? first.output[0] : undefined;
  if (chunk?.type !== "chunk") throw new Error("nothing was built");
  return chunk.code;
}
