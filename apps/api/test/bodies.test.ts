import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { patience } from "../../../scripts/patience.ts";
import { connection } from "./connection.ts";
import { nastyBodies } from "./nasty.ts";
import { flag, save } from "./saving.ts";
import { type Api, serve } from "./serve.ts";

// `BEQ_DEEP=1` sends each door ten thousand.
const each = process.env["BEQ_DEEP"] ? 10_000 : 1_000;
const atOnce = 50;
const patienceMilliseconds = Math.max(patience.testTimeout, each * 60);

let api: Api;
beforeAll(async () => {
  api = await serve();
  await save(api.deps, {
    hidden: flag({
      rules: [
        {
          id: "secret-rule",
          when: { attribute: "targetingKey", op: "one_of", values: ["secret-id"] },
          serve: { off: true },
        },
      ],
      otherwise: { split: { weights: [{ variant: "on", weight: 1_987_654_321 }] } },
    }),
  });
});
afterAll(() => api[Symbol.asyncDispose]());

const exposed = { user_id: "ann", exposures: [{ feature_name: "ai_chat", enabled: true }] };
const document = { format: "beq", document: JSON.stringify({ version: 1, flags: {} }) };
const edit = { kind: "flag", key: "new", base: 0, value: { ...flag(), description: "new" } };
const changes = { edits: [{ ...edit, base: 7 }], comment: "" };
// Long enough that no id of a request and no random body has it by chance.
const leak = /secret-rule|secret-id|1987654321/;

it.each([
  { path: "/trpc/features.exposed", near: exposed, kind: "client" as const },
  { path: "/trpc/flags.acknowledge", near: { ack: "0123456789abcdef", held_ms: 3 }, kind: "client" as const },
  { path: "/api/v1/flags/changes", near: changes, kind: "client" as const },
  { path: "/api/v1/flags/changes", near: changes, kind: "admin" as const },
  { path: "/api/v1/flags/preview", near: { edits: [edit] }, kind: "admin" as const },
  { path: "/api/v1/flags/import/preview", near: document, kind: "admin" as const },
  { path: "/trpc/flags.save", near: changes, kind: "admin" as const },
])(
  "$path with a $kind key meets any body without a 5xx, a hang or a leak (seed 6)",
  async ({ path, near, kind }) => {
    using door = connection(api.url, { "x-api-key": await plentifulKey(kind) });
    await fc.assert(
      fc.asyncProperty(fc.array(nastyBodies(near), { minLength: atOnce, maxLength: atOnce }), async (bodies) => {
        await Promise.all(
          bodies.map(async (body) => {
            const { status, answer } = await door.post(path, body);
            expect({ body, status }).toSatisfy(({ status: given }: { status: number }) => given >= 200 && given < 500);
            expect(kind === "client" && leak.test(answer)).toBe(false);
          }),
        );
      }),
      { numRuns: each / atOnce, seed: 6, endOnFailure: true },
    );
  },
  patienceMilliseconds,
);

it.each([
  "/api/v1/features/status?user_id=",
  "/api/v1/features/status?",
  "/trpc/features.status?input=",
  "/trpc/features.status?batch=1&input=",
  "/ofrep/v1/sse?token=",
  "/api/v1/flags/definitions?",
])(
  "%s meets any address without a 5xx, a hang or a leak (seed 7)",
  async (path) => {
    using door = connection(api.url, { origin: "https://elsewhere.example" });
    const goodKey = await plentifulKey("client");
    const part = fc.oneof(fc.string({ unit: "binary" }), fc.json({ maxDepth: 2 }), fc.webQueryParameters());
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: atOnce, maxLength: atOnce }), async (parts) => {
        await Promise.all(
          parts.map(async (text) => {
            // The stream would go on: whoever has no key has none.
            const key = path.includes("/sse") ? "beq_client_wrong" : goodKey;
            const { status, answer } = await door.get(path + percent(text), { "x-api-key": key });
            expect({ text, status }).toSatisfy(({ status: given }: { status: number }) => given >= 200 && given < 500);
            expect(answer).not.toMatch(leak);
          }),
        );
      }),
      { numRuns: each / atOnce, seed: 7, endOnFailure: true },
    );
  },
  patienceMilliseconds,
);

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
