import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connection } from "./connection.ts";
import { nastyBodies } from "./nasty.ts";
import { flag, save } from "./saving.ts";
import { type Api, serve } from "./serve.ts";

// `BEQ_DEEP=1` sends each door ten thousand.
const each = process.env["BEQ_DEEP"] ? 10_000 : 1_000;
const atOnce = 50;

let api: Api;
beforeAll(async () => {
  api = await serve();
  await save(api.deps, {
    hidden: flag({
      rules: [{ id: "secret-rule", when: { attribute: "targetingKey", op: "one_of", values: ["secret-id"] }, serve: { off: true } }],
      otherwise: { split: { weights: [{ variant: "on", weight: 12_345 }] } },
    }),
  });
});
afterAll(() => api[Symbol.asyncDispose]());

const context = { context: { targetingKey: "ann", country: "FR", roles: ["a"] } };
const edit = { kind: "flag", key: "new", base: 0, value: { ...flag(), description: "new" } };
const changes = { edits: [{ ...edit, base: 7 }], comment: "" };
const leak = /secret-rule|secret-id|12345/;

it.each([
  ["/ofrep/v1/evaluate/flags", context, "client"],
  ["/ofrep/v1/evaluate/flags/hidden", context, "client"],
  ["/trpc/features.exposed", { user_id: "ann", exposures: [{ feature_name: "ai_chat", enabled: true }] }, "client"],
  ["/trpc/flags.acknowledge", { ack: "0123456789abcdef", held_ms: 3 }, "client"],
  ["/api/v1/flags/changes", changes, "client"],
  ["/api/v1/flags/changes", changes, "admin"],
  ["/api/v1/flags/preview", { edits: [edit] }, "admin"],
  ["/api/v1/flags/import/preview", { format: "beq", document: JSON.stringify({ version: 1, flags: {} }) }, "admin"],
  ["/trpc/flags.save", changes, "admin"],
] as const)("%s meets any body of %o with a %s key without a 5xx, a hang or a leak (seed 6)", async (path, near, kind) => {
  using door = connection(api.url, { "x-api-key": await plentifulKey(kind) });
  await fc.assert(
    fc.asyncProperty(fc.array(nastyBodies(near), { minLength: atOnce, maxLength: atOnce }), async (bodies) => {
      await Promise.all(
        bodies.map(async (body) => {
          const { status, answer } = await door.post(path, body);
          expect({ body, status }).toSatisfy(({ status: given }: { status: number }) => given >= 200 && given < 500);
          if (kind === "client") expect(answer).not.toMatch(leak);
        }),
      );
    }),
    { numRuns: each / atOnce, seed: 6, endOnFailure: true },
  );
});

it.each([
  "/api/v1/features/status?user_id=",
  "/api/v1/features/status?",
  "/trpc/features.status?input=",
  "/trpc/features.status?batch=1&input=",
  "/ofrep/v1/sse?token=",
  "/api/v1/flags/definitions?",
])("%s meets any address without a 5xx, a hang or a leak (seed 7)", async (path) => {
  using door = connection(api.url, { "x-api-key": await plentifulKey("client"), origin: "https://elsewhere.example" });
  const part = fc.oneof(fc.string({ unit: "binary" }), fc.json({ maxDepth: 2 }), fc.webQueryParameters());
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: atOnce, maxLength: atOnce }), async (parts) => {
      await Promise.all(
        parts.map(async (text) => {
          // The stream would go on: whoever has no key has none.
          const headers = path.includes("/sse") ? { "x-api-key": "beq_client_wrong" } : {};
          const { status, answer } = await door.get(path + percent(text), headers);
          expect({ text, status }).toSatisfy(({ status: given }: { status: number }) => given >= 200 && given < 500);
          expect(answer).not.toMatch(leak);
        }),
      );
    }),
    { numRuns: each / atOnce, seed: 7, endOnFailure: true },
  );
});

/** As `encodeURIComponent`, for halves of surrogate pairs too. */
function percent(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}

const keys = new Map<string, Promise<string>>();

function plentifulKey(kind: "client" | "admin"): Promise<string> {
  const made = keys.get(kind) ?? makeKey(kind);
  keys.set(kind, made);
  return made;
}

async function makeKey(kind: string): Promise<string> {
  const response = await fetch(`${api.url}/trpc/access.createKey`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(await api.as("admin")) },
    body: JSON.stringify({ kind, name: `plentiful ${kind}`, requests_per_second: null }),
  });
  return ((await response.json()) as { result: { data: { key: string } } }).result.data.key;
}
