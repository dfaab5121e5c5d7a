import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { expect, it } from "vitest";

const LIMITS = { evaluation: 6_000, hook: 2_500 };

it("needs less than 6 kB gzip to evaluate, without the schema library", async () => {
  const code = await bundled(`export { compile } from "./index.ts";`);
  expect(code).not.toContain("ZodError");
  expect(code).toContain("FLAG_NOT_FOUND");
  expect(gzipSync(code).length).toBeLessThan(LIMITS.evaluation);
});

it("needs less than 2.5 kB gzip for a flag in React, React aside", async () => {
  const code = await bundled(`export { createFlagHooks, createFlagStore } from "./react/index.ts";`);
  expect(code).toContain("useSyncExternalStore");
  expect(gzipSync(code).length).toBeLessThan(LIMITS.hook);
});

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
