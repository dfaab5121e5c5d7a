import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { expect, it } from "vitest";
import { environmentLayer } from "../env.ts";
import { features } from "../features.ts";
import { createFlags } from "../live.ts";

const guide = readFileSync(fileURLToPath(new URL("../../../../docs/guides/openfeature.md", import.meta.url)), "utf8");
const examples = [...guide.matchAll(/^## (.+?)$(?:(?!^## )[^])*?^```ts\n([^]*?)^```\n\n^```text\n([^]*?)^```$/gm)].map(
  ([, title = "", code = "", printed = ""]) => ({ title, code, printed }),
);

it("has an example for each side", () => {
  expect(examples.map(({ title }) => title)).toEqual(["On a server", "In a page"]);
});

it.each(examples)("prints what the guide says: $title", async ({ code, printed }) => {
  await using api = await serve({ FEATURE_CALENDAR_SYNC_ENABLED: "true", FEATURE_CALENDAR_SYNC_USERS: "ann" });
  expect(await run(code.replace("http://127.0.0.1:8000", api.url))).toBe(printed);
});

it("needs nothing of an SDK at run time but what the example itself imports", async () => {
  const { imports } = await bundled(`export * from "./server.ts"; export * from "./web.ts";`, [/^@openfeature/]);
  expect(imports).toEqual([]);
});

/** What a program prints, as a process of its own. */
async function run(source: string): Promise<string> {
  const child = spawn(process.execPath, ["--input-type=module"], { stdio: ["pipe", "pipe", "inherit"] });
  const { code } = await bundled(source);
  child.stdin.end(code);
  return text(child.stdout);
}

/** A program and all that it imports, but for what is external. */
async function bundled(source: string, external: RegExp[] = []) {
  const entry = fileURLToPath(new URL("example.ts", import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: "error",
    plugins: [
      {
        name: "entry",
        enforce: "pre",
        resolveId: (id) => (id === entry ? entry : null),
        load: (id) => (id === entry ? source : null),
      },
    ],
    ssr: { noExternal: true },
    build: { ssr: entry, write: false, target: "node20", rolldownOptions: { external } },
  });
  const [first] = Array.isArray(built) ? built : [built];
  const chunk = first && "output" in first ? first.output[0] : undefined;
  if (chunk?.type !== "chunk") throw new Error("nothing was built");
  return chunk;
}

/** The API's answer to `GET /api/v1/features/status`, over the engine in this process. */
async function serve(env: Record<string, string>) {
  const layer = environmentLayer(features, env);
  if (!layer.ok) throw new Error(layer.problems.join("\n"));
  const flags = createFlags({ registry: features, flagSet: layer.flags });
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const userId = searchParams.get("user_id") ?? undefined;
    if (pathname !== "/api/v1/features/status") return response.writeHead(404).end();
    return response.end(
      JSON.stringify({ features: flags.statuses({ targetingKey: userId }), user_id: userId ?? null }),
    );
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
