import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { OFREPProvider } from "@openfeature/ofrep-provider";
import { OpenFeature } from "@openfeature/server-sdk";
import * as fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connection } from "./connection.ts";
import { flag, save } from "./saving.ts";
import { type Api, serve } from "./serve.ts";

const bulk = "/ofrep/v1/evaluate/flags";
const ann = { context: { targetingKey: "ann", country: "FR" } };

const set = {
  banner: flag({ type: "string", variants: { red: "#f00", blue: "#00f" }, off: "blue", otherwise: { variant: "red" } }),
  french: flag({
    rules: [{ id: "secret-rule", when: { attribute: "country", op: "equals", value: "FR" }, serve: { variant: "on" } }],
    otherwise: { variant: "off" },
  }),
  killed: flag({ enabled: false, off: "off" }),
  mute: flag({ enabled: false, off: null }),
  layout: flag({ type: "json", variants: { wide: { columns: 3 } }, off: "wide", otherwise: { variant: "wide" } }),
  limit: flag({ type: "number", variants: { low: 1, high: 2.5 }, off: "low", otherwise: { variant: "high" } }),
  half: flag({
    otherwise: {
      split: {
        weights: [
          { variant: "on", weight: 1 },
          { variant: "off", weight: 1 },
        ],
      },
    },
  }),
};

let api: Api;
beforeAll(async () => {
  api = await serve();
  await save(api.deps, set);
});
afterAll(() => api[Symbol.asyncDispose]());

describe("one flag", () => {
  it.each([
    ["banner", { key: "banner", value: "#f00", variant: "red", reason: "STATIC" }],
    ["french", { key: "french", value: true, variant: "on", reason: "TARGETING_MATCH" }],
    ["layout", { key: "layout", value: { columns: 3 }, variant: "wide", reason: "STATIC" }],
    ["limit", { key: "limit", value: 2.5, variant: "high", reason: "STATIC" }],
    ["killed", { key: "killed", value: false, variant: "off", reason: "DISABLED" }],
    ["mute", { key: "mute", reason: "DISABLED" }],
  ])("%s is answered with value, variant and reason, and nothing of its rules", async (key, answer) => {
    expect(await api.post(`${bulk}/${key}`, ann)).toMatchObject({ status: 200, body: answer });
    expect((await api.post(`${bulk}/${key}`, ann)).body).toEqual(answer);
  });

  it("answers the off value, reason DEFAULT, where a split has nobody to place", async () => {
    const { body } = await api.post(`${bulk}/half`, { context: {} });
    expect(body).toEqual({ key: "half", value: false, variant: "off", reason: "DEFAULT" });
  });

  it("counts as a use of the flag, which the answer to all of them does not", async () => {
    const { flags } = api.deps.services;
    const count = () => flags.takeCounts().filter(({ key }) => key === "limit").length;
    count();
    await api.post(bulk, ann);
    expect(count()).toBe(0);
    await api.post(`${bulk}/limit`, ann);
    expect(count()).toBe(1);
  });

  it("says which flag is not there, however its key is written", async () => {
    const { status, body } = await api.post(`${bulk}/${encodeURIComponent("no/such flag")}`, ann);
    expect({ status, body }).toMatchObject({
      status: 404,
      body: { key: "no/such flag", errorCode: "FLAG_NOT_FOUND", errorDetails: /no\/such flag/ },
    });
  });
});

describe("all flags", () => {
  it("are answered in the order of their keys, with a tag and a place to listen", async () => {
    const { status, headers, body } = await api.post(bulk, ann);
    expect(status).toBe(200);
    expect(headers.get("etag")).toMatch(/^"[0-9a-f]{16}"$/);
    expect(headers.get("content-type")).toMatch(/^application\/json/);
    const { flags, eventStreams } = body as { flags: { key: string }[]; eventStreams: unknown };
    expect(eventStreams).toEqual([{ type: "sse", endpoint: { requestUri: "/ofrep/v1/sse" }, inactivityDelaySec: 120 }]);
    expect(flags.map(({ key }) => key)).toEqual([...api.deps.services.flags.keys].sort());
    for (const one of flags) expect((await api.post(`${bulk}/${one.key}`, ann)).body).toEqual(one);
  });

  it("are not sent again while nothing changed for who asks, and are as soon as something has", async () => {
    const tag = async (context: object) => (await api.post(bulk, { context })).headers.get("etag") ?? "";
    const french = await tag(ann.context);
    expect(french).not.toBe(await tag({ targetingKey: "ann", country: "DE" }));
    expect(await api.post(`${bulk}/`, ann, { "if-none-match": french })).toMatchObject({ status: 304, body: "" });
    expect(await api.post(bulk, ann, { "if-none-match": `"other", W/${french}` })).toMatchObject({ status: 304 });

    await save(api.deps, { limit: { ...set.limit, owner: "somebody else" } });
    expect(await api.post(bulk, ann, { "if-none-match": french })).toMatchObject({ status: 304 });
    await save(api.deps, { limit: { ...set.limit, otherwise: { variant: "low" } } });
    expect(await api.post(bulk, ann, { "if-none-match": french })).toMatchObject({ status: 200 });
    await save(api.deps, { limit: set.limit });
    expect(await api.post(bulk, ann, { "if-none-match": french })).toMatchObject({ status: 304 });
  });

  it("have tags that differ when any answer does (seed 3)", async () => {
    const seen = new Map<string, string>();
    await fc.assert(
      fc.asyncProperty(
        fc.record({ targetingKey: fc.string(), country: fc.constantFrom("FR", "DE") }),
        async (context) => {
          const { headers, body } = await api.post(bulk, { context });
          const text = JSON.stringify(body);
          const tag = headers.get("etag") ?? "";
          expect(seen.get(tag) ?? text).toBe(text);
          seen.set(tag, text);
        },
      ),
      { numRuns: 100, seed: 3 },
    );
    expect(new Set(seen.values()).size).toBe(seen.size);
    expect(seen.size).toBeGreaterThan(2);
  });

  it("are never older than the change that the client was told of", async () => {
    const { version } = api.deps.services.manager.stored();
    const told = `${version + 1}.0123456789abcdef`;
    const waiting = api.post(`${bulk}?flagConfigEtag=${told}&flagConfigLastModified=1`, ann);
    await save(api.deps, { banner: { ...set.banner, otherwise: { variant: "blue" } } });
    expect((await waiting).body).toMatchObject({
      flags: expect.arrayContaining([expect.objectContaining({ value: "#00f" })]),
    });
    await save(api.deps, { banner: set.banner });

    const never = await api.post(`${bulk}?flagConfigEtag=${version + 100}.0123456789abcdef`, ann);
    expect(never).toMatchObject({ status: 503, body: { errorCode: "GENERAL" } });
    expect(never.headers.get("retry-after")).toBe("1");
  });
});

describe("a question that cannot be answered", () => {
  it.each([
    ["{", 400, "PARSE_ERROR"],
    ["", 400, "PARSE_ERROR"],
    ["null", 400, "INVALID_CONTEXT"],
    ["{}", 400, "INVALID_CONTEXT"],
    ['{"context":null}', 400, "INVALID_CONTEXT"],
    ['{"context":[]}', 400, "INVALID_CONTEXT"],
    ['{"context":{"targetingKey":7}}', 400, "INVALID_CONTEXT"],
    [`{"context":{"targetingKey":"${"x".repeat(70_000)}"}}`, 413, "GENERAL"],
  ])("is refused with a reason: %.40s", async (text, status, errorCode) => {
    expect(await api.post(bulk, text)).toMatchObject({ status, body: { errorCode, errorDetails: expect.any(String) } });
    expect(await api.post(`${bulk}/banner`, text)).toMatchObject({ status, body: { key: "banner", errorCode } });
  });

  it("is refused for its method, its place and its form", async () => {
    expect(await api.get(bulk)).toMatchObject({ status: 405 });
    expect(await api.get("/ofrep/v1/configuration")).toMatchObject({ status: 404 });
    expect(await api.post(`${bulk}/%E0%A4%A`, ann)).toMatchObject({ status: 404 });
    expect(await api.post(bulk, ann, { "content-type": "text/plain" })).toMatchObject({ status: 415 });
    expect(await api.post(bulk, ann, { "content-encoding": "gzip" })).toMatchObject({ status: 415 });
  });

  it("gets no 5xx, hangs on nothing and tells no rule, in 10,000 forms (seed 5)", async () => {
    const { key } = await created(api, { kind: "client", name: "hostile", requests_per_second: null });
    using door = connection(api.url, { "x-api-key": key });
    const ask = async ([body, path]: [string, string]) => {
      const { status, answer } = await door.post(path, body);
      expect({ body, status }).toSatisfy(({ status: given }: { status: number }) => given >= 200 && given < 500);
      expect(answer).not.toMatch(/secret-rule|equals|weight/);
    };
    const question = fc.tuple(hostile(), fc.constantFrom(bulk, `${bulk}/french`, `${bulk}/half`));
    await fc.assert(
      fc.asyncProperty(fc.array(question, { minLength: 50, maxLength: 50 }), async (questions) => {
        await Promise.all(questions.map(ask));
      }),
      { numRuns: 200, seed: 5, endOnFailure: true },
    );
  });
});

describe("credentials", () => {
  it("open the door for client and server keys, and for nobody else's", async () => {
    const statusOf = async (headers: Record<string, string>) => (await api.post(bulk, ann, headers)).status;
    expect(await statusOf(await api.key("client"))).toBe(200);
    expect(await statusOf(await api.key("server"))).toBe(200);
    expect(await statusOf(await api.key("admin"))).toBe(403);
    expect(await statusOf(await api.as("viewer"))).toBe(403);
    expect(await statusOf({ authorization: "Bearer beq_client_wrong" })).toBe(401);
    expect(await statusOf({ origin: "https://elsewhere.example" })).toBe(401);
  });

  it("are asked to slow down with 429 and Retry-After", async () => {
    const { key } = await created(api, { kind: "client", name: "slow", requests_per_second: 1 });
    const answers = [];
    for (let count = 0; count < 7; count += 1) answers.push(await api.post(bulk, ann, { "x-api-key": key }));
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body).toMatchObject({ errorCode: "GENERAL" });
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(refused?.headers.get("access-control-expose-headers")).toMatch(/Retry-After/);
  });

  it("may come from any page: the browser is told so, and may read the tag", async () => {
    const origin = "https://shop.example";
    const asked = await fetch(api.url + bulk, { method: "OPTIONS", headers: { origin } });
    expect(asked.status).toBe(204);
    expect(asked.headers.get("access-control-allow-headers")).toMatch(
      /content-type.*authorization.*x-api-key.*if-none-match/,
    );
    const { headers } = await api.post(bulk, ann, { origin, ...(await api.key("client")) });
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.get("access-control-expose-headers")).toMatch(/ETag.*Retry-After/);
  });
});

describe("OpenFeature's own server client", () => {
  beforeEach(() => OpenFeature.setProviderAndWait(new OFREPProvider({ baseUrl: api.url })));
  afterAll(() => OpenFeature.close());

  it("evaluates every type, and keeps the kill switch's value", async () => {
    const client = OpenFeature.getClient();
    const context = ann.context;
    expect(await client.getStringValue("banner", "none", context)).toBe("#f00");
    expect(await client.getNumberValue("limit", 0, context)).toBe(2.5);
    expect(await client.getObjectValue("layout", {}, context)).toEqual({ columns: 3 });
    expect(await client.getBooleanDetails("french", false, context)).toMatchObject({
      value: true,
      variant: "on",
      reason: "TARGETING_MATCH",
    });
    expect(await client.getBooleanDetails("killed", true, context)).toMatchObject({ value: false, reason: "DISABLED" });
  });

  it("serves the code's default for a flag without a value, or without anything", async () => {
    const client = OpenFeature.getClient();
    expect(await client.getBooleanValue("mute", true, ann.context)).toBe(true);
    expect(await client.getBooleanDetails("none", true, ann.context)).toMatchObject({
      value: true,
      errorCode: "FLAG_NOT_FOUND",
    });
    expect(await client.getStringDetails("limit", "x", ann.context)).toMatchObject({ errorCode: "TYPE_MISMATCH" });
  });

  it("does what the guide says", async () => {
    const guide = readFileSync(new URL("../../../docs/guides/clients.md", import.meta.url), "utf8");
    const [, code = "", printed] = /^```ts\n([^]*?)^```\n\n^```text\n([^]*?)^```$/m.exec(guide) ?? [];
    const key = (await api.key("server"))["x-api-key"];
    const child = spawn(process.execPath, ["--input-type=module"], {
      env: { ...process.env, BEQ_SERVER_KEY: key },
      stdio: ["pipe", "pipe", "inherit"],
    });
    child.stdin.end(code.replace("http://127.0.0.1:8000", api.url));
    expect(await text(child.stdout)).toBe(printed);
  });

  it("sees a change with the next question", async () => {
    const client = OpenFeature.getClient();
    await save(api.deps, { killed: { ...set.killed, enabled: true } });
    expect(await client.getBooleanValue("killed", false, ann.context)).toBe(true);
    await save(api.deps, { killed: set.killed });
    expect(await client.getBooleanValue("killed", true, ann.context)).toBe(false);
  });
});

async function created({ url, as }: Api, asked: object): Promise<{ key: string; id: string }> {
  const headers = { "content-type": "application/json", ...(await as("admin")) };
  const response = await fetch(`${url}/trpc/access.createKey`, {
    method: "POST",
    headers,
    body: JSON.stringify(asked),
  });
  return ((await response.json()) as { result: { data: { key: string; id: string } } }).result.data;
}

/** Bodies that no client sends, and some that are nearly right. */
function hostile() {
  const nasty = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom("__proto__", "constructor", "toString", "\u0000", "\ud800", "x".repeat(9_000)),
  );
  const context = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("__proto__", "targetingKey", "country")), nasty);
  return fc.oneof(
    { weight: 2, arbitrary: fc.string({ maxLength: 300 }) },
    { weight: 3, arbitrary: fc.json({ maxDepth: 3 }) },
    { weight: 6, arbitrary: context.map((value) => JSON.stringify({ context: value })) },
    fc.constantFrom(10, 1_000, 20_000).map((depth) => `{"context":{"a":${"[".repeat(depth)}${"]".repeat(depth)}}}`),
    fc.constant('{"context":{"__proto__":{"targetingKey":"x"},"targetingKey":"y","country":{"$ne":1}}}'),
  );
}
