import { overrideHeader, createOverrides, type Override } from "@beq/flags/override";
import { overrideCookieFor } from "@beq/flags/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, monday, serve } from "./serve.ts";

const secret = "the secret of this one deployment.";
const former = "the secret that was there before it";
const hour = 3_600_000;
const on: Override = { variants: { schedule_optimization: "on" }, expiresAt: monday + hour, userId: "tess" };

let time = monday;
let api: Api;
beforeAll(async () => {
  const env = { OVERRIDE_SECRET: `${secret}, ${former}`, FEATURE_SCHEDULE_OPTIMIZATION_ENABLED: "no" };
  api = await serve({ env, now: () => time });
});
afterAll(() => api[Symbol.asyncDispose]());

describe("a signed override", () => {
  it.each(["header", "cookie"] as const)("as a %s forces its variant against the kill switch", async (way) => {
    const sent = carried(await sign(on), way);
    expect(await enabled(api, "tess", sent)).toBe(true);
    expect(await api.get("/api/v1/features/status/schedule_optimization?user_id=tess", sent)).toMatchObject({
      body: { enabled: true },
    });
    expect(await api.get("/api/v1/schedule/tess", sent)).toMatchObject({ status: 200 });
    expect(await api.get("/api/v1/schedule/tess")).toMatchObject({ status: 403 });
  });

  it("works for the user it names, and for nobody else", async () => {
    const sent = carried(await sign(on));
    expect(await enabled(api, "tess", sent)).toBe(true);
    expect(await enabled(api, "bob", sent)).toBe(false);
    expect(await api.get("/api/v1/schedule/bob", sent)).toMatchObject({ status: 403 });
    expect(await api.get("/api/v1/features/status/schedule_optimization", sent)).toMatchObject({
      body: { enabled: false },
    });
  });

  it("is found among other cookies, and the header wins over it", async () => {
    const { cookie = "" } = carried(await sign(on), "cookie");
    expect(await enabled(api, "tess", { cookie: `a=1; x${cookie}; ${cookie}; b=2` })).toBe(true);
    expect(await enabled(api, "tess", { cookie: `x${cookie}` })).toBe(false);
    const off = await sign({ ...on, variants: { schedule_optimization: "off" } });
    expect(await enabled(api, "tess", { cookie, [overrideHeader]: off })).toBe(false);
  });

  it("turns off what is on, too", async () => {
    const sent = carried(await sign({ ...on, variants: { ai_chat: "off" } }));
    expect(await api.get("/api/v1/features/status/ai_chat?user_id=tess", sent)).toMatchObject({
      body: { enabled: false },
    });
  });

  it("reaches a page that follows its flags", async () => {
    const input = encodeURIComponent(JSON.stringify({ user_id: "tess" }));
    const stream = await fetch(`${api.url}/trpc/features.onChange?input=${input}`, {
      headers: carried(await sign(on)),
    });
    expect(await firstEvent(stream)).toMatchObject({ features: { schedule_optimization: { enabled: true } } });
  });

  it("of a former secret holds while that is being rotated out", async () => {
    expect(await enabled(api, "tess", carried(await sign(on, former)))).toBe(true);
  });

  it("for no user in particular works for whoever carries it", async () => {
    const { userId: _, ...anybody } = on;
    expect(await enabled(api, "bob", carried(await sign(anybody)))).toBe(true);
  });

  it("is one line of the log for a request, which names the flags and never the token", async () => {
    const token = await sign(on);
    const id = "override-line-1";
    const input = encodeURIComponent(JSON.stringify({ 0: { user_id: "tess" }, 1: { user_id: "tess" } }));
    await api.get(`/trpc/features.status,schedule.get?batch=1&input=${input}`, {
      ...carried(token),
      "x-request-id": id,
    });
    const lines = api.lines().filter(({ request_id, message }) => request_id === id && message === "Flags overridden");
    expect(lines).toMatchObject([{ level: "info", flags: ["schedule_optimization"], override_user: "tess" }]);
    expect(JSON.stringify(api.lines())).not.toContain(token.split(".")[2]);
  });
});

describe("what is no valid override", () => {
  it.each<[string, string, () => Promise<string>]>([
    ["forged", "warn", async () => flipped(await sign(on))],
    ["forged", "warn", () => sign(on, "a secret that nobody here has known")],
    ["expired", "info", () => sign({ ...on, expiresAt: monday - 1 }, secret, monday - hour)],
    ["other_user", "info", () => sign({ ...on, userId: "bob" })],
    ["malformed", "warn", async () => "x".repeat(5_000)],
    ["malformed", "warn", async () => "v1.%.%"],
  ])("changes nothing, and the log alone says that it is %s (%s)", async (reason, level, make) => {
    time += 60_000;
    const former = api.lines().length;
    const token = await make();
    const plain = await api.get("/api/v1/features/status?user_id=tess");
    expect(await api.get("/api/v1/features/status?user_id=tess", carried(token))).toMatchObject({
      status: 200,
      body: plain.body,
    });
    expect(await api.get("/api/v1/schedule/tess", carried(token))).toMatchObject({ status: 403 });
    expect(refusals(api.lines().slice(former))).toMatchObject([{ level, reason }]);
    expect(JSON.stringify(api.lines())).not.toContain(token);
  });

  it("is logged once a minute at most, with how often it came", async () => {
    time += 60_000;
    const former = api.lines().length;
    for (let turn = 0; turn < 5; turn += 1) await enabled(api, "tess", carried("nonsense"));
    time += 60_000;
    await enabled(api, "tess", carried("nonsense"));
    expect(refusals(api.lines().slice(former)).at(-1)).toMatchObject({ unlogged: 4 });
    expect(refusals(api.lines().slice(former))).toHaveLength(2);
  });

  it("opens no door: credentials are asked for as ever", async () => {
    await using closed = await serve({ env: { OVERRIDE_SECRET: secret, PUBLIC_URL: "https://beq.example" } });
    expect(await closed.get("/api/v1/schedule/tess", carried(await sign(on)))).toMatchObject({ status: 401 });
  });

  it("is anything at all where there is no secret", async () => {
    await using without = await serve({ env: { FEATURE_SCHEDULE_OPTIMIZATION_ENABLED: "no" } });
    expect(await enabled(without, "tess", carried(await sign(on)))).toBe(false);
    expect(without.lines().filter(({ message }) => /overrid/i.test(String(message)))).toEqual([]);
  });
});

type Sent = Record<string, string>;

function sign(override: Override, by = secret, at = monday): Promise<string> {
  return createOverrides({ secrets: [by], now: () => at }).sign(override);
}

function carried(token: string, way: "header" | "cookie" = "header"): Sent {
  const { name, value } = overrideCookieFor(token, "http://127.0.0.1");
  return way === "header" ? { [overrideHeader]: token } : { cookie: `${name}=${value}` };
}

function refusals(lines: Record<string, unknown>[]): Record<string, unknown>[] {
  return lines.filter(({ message }) => message === "Flag override refused");
}

/** The same token with one bit of its signature turned. */
function flipped(token: string): string {
  const at = token.length - 10;
  return `${token.slice(0, at)}${token[at] === "A" ? "B" : "A"}${token.slice(at + 1)}`;
}

async function enabled(api: Api, user: string, sent: Sent): Promise<boolean | undefined> {
  const { body } = await api.get(`/api/v1/features/status?user_id=${user}`, sent);
  return (body as { features: Record<string, { enabled: boolean }> }).features["schedule_optimization"]?.enabled;
}

/** The first value of a stream, which is left then. */
async function firstEvent({ body }: Response): Promise<unknown> {
  let text = "";
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const [, data] = /^data: (\{"features.*)\n/m.exec(text) ?? [];
    if (data) return JSON.parse(data);
  }
  return undefined;
}
