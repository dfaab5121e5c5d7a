import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Heard, listen } from "./listening.ts";
import { flag, save } from "./saving.ts";
import { type Api, serve } from "./serve.ts";

let api: Api;
beforeAll(async () => {
  api = await serve();
});
afterAll(() => api[Symbol.asyncDispose]());

const features = (userId: string) => `/trpc/features.onChange?input=${encodeURIComponent(`{"user_id":"${userId}"}`)}`;
const refetch = "/ofrep/v1/sse";
const chat = (isOn: boolean) => ({ ai_chat: flag({ lifetime: "permanent", enabled: isOn }) });

describe("the fast answer about features", () => {
  it("is the procedure's, byte for byte, for whatever user (seed 8)", async () => {
    const text = async (path: string) => (await fetch(api.url + path)).text();
    await fc.assert(
      fc.asyncProperty(fc.option(fc.string({ maxLength: 210, unit: "grapheme" })), async (userId) => {
        const query = userId === null ? "" : `user_id=${encodeURIComponent(userId)}`;
        const slow = await text(`/api/v1/features/status/?${query}`);
        expect(await text(`/api/v1/features/status${query && "?"}${query}`)).toBe(
          slow.replace(/"request_id":"[^"]+"/, ""),
        );
      }),
      { numRuns: 150, seed: 8 },
    );
  });

  it("is what tRPC's own clients read: alone, as a batch of one, and in lines", async () => {
    const input = (value: unknown) => encodeURIComponent(JSON.stringify(value));
    const lines = { "trpc-accept": "application/jsonl" };
    for (const [query, headers] of [
      ["", {}],
      [`?input=${input({ user_id: "ann" })}`, {}],
      [`?input=${input({ user_id: null })}`, {}],
      [`?batch=1&input=${input({ 0: { user_id: "ann" } })}`, {}],
      [`?batch=1&input=${input({ 0: { user_id: 'a"\n\u2028é' } })}`, lines],
      ["?batch=1", {}],
      ["?batch=1", lines],
      ["", lines],
      [`?input=${input({ user_id: "" })}`, {}],
      [`?input=${input(null)}`, {}],
      ["?input={", {}],
    ] as const) {
      const text = async (path: string) => {
        const response = await fetch(api.url + path, { headers });
        return { query, status: response.status, body: await response.text(), vary: response.headers.get("vary") };
      };
      const slow = await text(`/trpc/features.status${query}${query ? "&" : "?"}unknown=1`);
      const fast = await text(`/trpc/features.status${query}`);
      expect({ ...fast, body: sameId(fast.body) }).toEqual({ ...slow, body: sameId(slow.body) });
    }
  });

  it("remembers who asked, for previews, through either door", async () => {
    const seen = () => api.deps.services.recent.all().map(({ context }) => context.targetingKey);
    await api.get("/api/v1/features/status?user_id=fast-asker");
    await api.get("/api/v1/features/status/?user_id=slow-asker");
    using _stream = await listen(api.url + features("reader"));
    expect(seen()).toEqual(expect.arrayContaining(["fast-asker", "slow-asker", "reader"]));
  });

  it("asks for the same credentials as the procedure", async () => {
    const outside = { origin: "https://elsewhere.example" };
    expect(await api.get("/api/v1/features/status", outside)).toMatchObject({ status: 401 });
    const viewer = await api.as("viewer");
    expect(await api.get("/api/v1/features/status?user_id=somebody", viewer)).toMatchObject({ status: 403 });
    expect(await api.get("/api/v1/features/status", viewer)).toMatchObject({ status: 200 });
  });

  it("carries the headers of every answer, and is counted", async () => {
    const { headers } = await api.get("/api/v1/features/status", { "x-request-id": "my-request-1" });
    expect(headers.get("x-request-id")).toBe("my-request-1");
    expect(headers.get("content-security-policy")).toMatch(/default-src/);
    expect((await api.get("/metrics")).body).toMatch(
      /beq_orchestrator_requests_total\{method="GET",endpoint="\/api\/v1\/features\/status",status="200"\} \d+/,
    );
  });
});

describe("a stream of features", () => {
  it("speaks tRPC's format, begins with what is, and tells only of what changed for its user", async () => {
    using stream = await listen(api.url + features("ann"));
    expect(stream.headers.get("cache-control")).toMatch(/no-transform/);
    expect(await stream.next()).toEqual({
      event: "connected",
      data: '{"reconnectAfterInactivityMs":40000}',
      id: undefined,
    });
    expect(statusesIn(await stream.next())).toMatchObject({ user_id: "ann", features: { ai_chat: { enabled: true } } });

    await save(api.deps, { elsewhere: flag() });
    await save(api.deps, chat(false));
    const told = await stream.next();
    expect(statusesIn(told)).toMatchObject({ features: { ai_chat: { enabled: false } } });
    expect(told?.id).toBe(String(api.deps.services.flags.version));
    await save(api.deps, chat(true));
    expect(statusesIn(await stream.next())).toMatchObject({ features: { ai_chat: { enabled: true } } });
  });

  it("measures each change, up to the acknowledgement of its reader", async () => {
    using stream = await listen(api.url + features("bob"));
    await stream.next();
    await stream.next();
    const { version } = await save(api.deps, chat(false));
    const { ack } = JSON.parse((await stream.next())?.data ?? "{}") as { ack?: string };
    expect(ack).toMatch(/^[0-9a-f]{16}$/);
    for (const _twice of [1, 2]) await api.post("/trpc/flags.acknowledge", { ack, held_ms: 0 });

    const admin = await api.as("admin");
    const { body } = await api.get(`/api/v1/flags/propagation/${version}`, admin);
    expect(body).toMatchObject({ version, written: { n: 1 }, acknowledged: { n: 1 } });
    const { applied_ms, written, acknowledged } = body as Record<string, { p50_ms: number }> & { applied_ms: number };
    expect(applied_ms).toBeGreaterThanOrEqual(0);
    expect(written?.p50_ms).toBeGreaterThan(0);
    expect(acknowledged?.p50_ms).toBeGreaterThanOrEqual(written?.p50_ms ?? Infinity);
    expect((await api.get("/metrics")).body).toMatch(/beq_flag_propagation_seconds_count\{stage="acknowledged"\} 1/);
    await save(api.deps, chat(true));
  });

  it("ends with its key, at once", async () => {
    const { id, key } = await createKey(api);
    using stream = await listen(api.url + features("ann"), { "x-api-key": key });
    await stream.next();
    await revokeKey(api, id);
    await expect(stream.ended).resolves.toBeUndefined();
  });

  it("ends with the session of its reader, and leaves the others", async () => {
    using other = await listen(api.url + features("ann"));
    const viewer = await api.as("viewer");
    using stream = await listen(`${api.url}/trpc/features.onChange?input={}`, viewer);
    await stream.next();
    await api.post("/api/auth/sign-out", {}, viewer);
    await stream.ended;
    await other.next();
    await other.next();
    await save(api.deps, chat(false));
    expect(statusesIn(await other.next())).toMatchObject({ features: { ai_chat: { enabled: false } } });
    await save(api.deps, chat(true));
  });
});

describe("the event stream of OFREP", () => {
  it("has whoever comes ask once, and again after each change, under the same id in every process", async () => {
    using stream = await listen(api.url + refetch);
    const first = await stream.next();
    expect(noticeIn(first)).toMatchObject({ type: "refetchEvaluation", etag: first?.id });

    const { version, at } = await save(api.deps, { banner: flag() });
    const second = await stream.next();
    expect(second).toMatchObject({ event: "message", id: expect.stringMatching(`^${version}\\.[0-9a-f]{16}$`) });
    expect(noticeIn(second)).toEqual({
      type: "refetchEvaluation",
      etag: second?.id,
      lastModified: Math.floor(Date.parse(at) / 1000),
    });
  });

  it("tells whoever comes back of what was missed, and of nothing else", async () => {
    using before = await listen(api.url + refetch);
    const known = (await before.next())?.id ?? "";
    using back = await listen(api.url + refetch, { "last-event-id": known });
    await save(api.deps, { banner: flag({ enabled: false }) });
    const missed = await back.next();
    expect(missed?.id).not.toBe(known);
    using late = await listen(api.url + refetch, { "last-event-id": known });
    expect((await late.next())?.id).toBe(missed?.id);
  });

  it("opens by a token that is the same each time, is not the key, and ends with it", async () => {
    const { id, key } = await createKey(api);
    const stranger = { origin: "https://shop.example" };
    const addressOf = async () => {
      const { body } = await api.post("/ofrep/v1/evaluate/flags", { context: {} }, { "x-api-key": key, ...stranger });
      return (body as { eventStreams: [{ endpoint: { requestUri: string } }] }).eventStreams[0].endpoint.requestUri;
    };
    const address = await addressOf();
    expect(await addressOf()).toBe(address);
    expect(address).not.toContain(key);

    using stream = await listen(api.url + address, stranger);
    expect(stream.status).toBe(200);
    expect(stream.headers.get("access-control-allow-origin")).toBe("*");
    await revokeKey(api, id);
    await stream.next();
    await stream.ended;
    expect(await api.get(address, stranger)).toMatchObject({ status: 401 });
    expect(await api.get(address.slice(0, -2), stranger)).toMatchObject({ status: 401 });
    expect(JSON.stringify(api.lines())).not.toContain(address.split("=")[1]);
  });
});

describe("too many streams", () => {
  it("are refused with 503 and a time to come back, and have room again when one leaves", async () => {
    await using small = await serve({ env: { STREAM_CLIENTS: "1" } });
    using first = await listen(small.url + refetch);
    await first.next();
    const refused = await small.get(refetch);
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(refused.headers.get("access-control-allow-origin")).toBe("*");
    first[Symbol.dispose]();
    await expect.poll(async () => (await listen(small.url + refetch)).status).toBe(200);
  });
});

function sameId(body: string): string {
  return body.replaceAll(/"request_id":"[^"]+"/g, "");
}

function statusesIn(heard: Heard | undefined): unknown {
  return JSON.parse(heard?.data ?? "null");
}

const noticeIn = statusesIn;

async function createKey({ url, as }: Api): Promise<{ id: string; key: string }> {
  return rpc(url, "access.createKey", { kind: "client", name: "a page" }, await as("admin"));
}

async function revokeKey({ url, as }: Api, id: string): Promise<void> {
  await rpc(url, "access.revokeKey", { id }, await as("admin"));
}

async function rpc<T>(url: string, path: string, input: unknown, headers: Record<string, string>): Promise<T> {
  const response = await fetch(`${url}/trpc/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(input),
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as { result: { data: T } }).result.data;
}
