import { createOverrides, overrideHeader } from "@beq/flags/override";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type Api, monday, serve } from "./serve.ts";

const secret = "the secret of this one deployment.";
const key = "a-server-key-of-32-characters-abc";

let api: Api;
beforeAll(async () => {
  api = await serve({ env: { OVERRIDE_SECRET: secret, FEATURE_CALENDAR_SYNC_ENABLED: "no" } });
});
afterAll(() => api[Symbol.asyncDispose]());

let before: Counts;
beforeEach(async () => {
  before = await counts(api);
});

it("stands at 0 for both variants of every feature before anything happened", async () => {
  await using fresh = await serve();
  const all = Object.entries(await counts(fresh));
  expect(all).toHaveLength(10);
  expect(all.filter(([, count]) => count !== 0)).toEqual([]);
});

it("counts a gate that ran, whatever it decided, and no question about a flag", async () => {
  await api.get("/api/v1/schedule/u");
  await api.get("/api/v1/features/status?user_id=u");
  await api.get("/api/v1/features/status/ai_chat?user_id=u");
  expect(await added()).toEqual({ "schedule_optimization on": 1 });

  await using off = await serve({ env: { FEATURE_SCHEDULE_OPTIMIZATION_ENABLED: "no" } });
  await off.get("/api/v1/schedule/u");
  expect(await counts(off)).toMatchObject({ "schedule_optimization off": 1, "schedule_optimization on": 0 });
});

it("loses none of what was counted before the flags changed", async () => {
  await api.get("/api/v1/schedule/u");
  const { flags } = api.deps.services;
  const { flagSet } = flags;
  const { schedule_optimization: flag } = flagSet.flags;
  if (!flag) throw new Error("unreachable");
  flags.replace({ ...flagSet, flags: { ...flagSet.flags, schedule_optimization: { ...flag, enabled: false } } });
  await api.get("/api/v1/schedule/u");
  flags.replace(flagSet);
  expect(await added()).toEqual({ "schedule_optimization on": 1, "schedule_optimization off": 1 });
});

it("adds what a client has shown", async () => {
  const { status } = await tell([
    { feature_name: "ai_chat", enabled: true },
    { feature_name: "ai_chat", enabled: false, count: 3 },
    { feature_name: "calendar_sync", enabled: false, count: 1_000_000 },
  ]);
  expect(status).toBe(200);
  expect(await added()).toEqual({ "ai_chat on": 1, "ai_chat off": 3, "calendar_sync off": 1_000_000 });
});

it.each(["nope", "constructor", "__proto__", 'x"} 1\nforged 1', ""])("counts nowhere a flag named %j", async (name) => {
  expect(await tell([{ feature_name: name, enabled: true }])).toMatchObject({ status: 200 });
  expect(await added()).toEqual({});
});

it.each([
  { exposures: Array.from({ length: 101 }, () => ({ feature_name: "ai_chat", enabled: true })) },
  { exposures: [{ feature_name: "ai_chat", enabled: true, count: 0 }] },
  { exposures: [{ feature_name: "ai_chat", enabled: true, count: 1_000_001 }] },
  { exposures: [{ feature_name: "ai_chat", enabled: true, count: 1.5 }] },
  { exposures: [{ feature_name: "ai_chat", enabled: "yes" }] },
  { exposures: [{ feature_name: "x".repeat(201), enabled: true }] },
  { exposures: "all of them" },
  {},
])("refuses a report that is out of bounds (%#)", async (body) => {
  expect(await api.post("/trpc/features.exposed", { user_id: "u", ...body })).toMatchObject({ status: 422 });
  expect(await added()).toEqual({});
});

it("counts nothing that a tester forced, at a gate or on a page", async () => {
  const override = { variants: { schedule_optimization: "on", calendar_sync: "on" }, expiresAt: monday + 1_000 };
  const token = await createOverrides({ secrets: [secret], now: () => monday }).sign({ ...override, userId: "tess" });
  const sent = { [overrideHeader]: token };
  expect(await api.get("/api/v1/schedule/tess", sent)).toMatchObject({ status: 200 });
  const shown = [
    { feature_name: "calendar_sync", enabled: true },
    { feature_name: "ai_chat", enabled: true },
  ];
  expect(await tell(shown, "tess", sent)).toMatchObject({ status: 200 });
  expect(await added()).toEqual({ "ai_chat on": 1 });
  expect(await tell(shown, "bob", sent)).toMatchObject({ status: 200 });
  expect(await added()).toEqual({ "ai_chat on": 2, "calendar_sync on": 1 });
});

it("asks for credentials as every question about flags does", async () => {
  await using closed = await serve({ env: { PUBLIC_URL: "https://beq.example", SERVER_KEY: key } });
  const body = { user_id: "u", exposures: [{ feature_name: "ai_chat", enabled: true }] };
  expect(await closed.post("/trpc/features.exposed", body)).toMatchObject({ status: 401 });
  expect(await closed.post("/trpc/features.exposed", body, { "x-api-key": key })).toMatchObject({ status: 200 });
  expect(await counts(closed)).toMatchObject({ "ai_chat on": 1 });
});

type Counts = Record<string, number>;

function tell(exposures: unknown, user_id = "u", headers: Record<string, string> = {}) {
  return api.post("/trpc/features.exposed", { user_id, exposures }, headers);
}

/** What was counted since the test began. */
async function added(): Promise<Counts> {
  const now = Object.entries(await counts(api)).map(([name, count]) => [name, count - (before[name] ?? 0)] as const);
  return Object.fromEntries(now.filter(([, count]) => count !== 0));
}

/** Exposures by "flag variant", as Prometheus reads them. */
async function counts({ get }: Api): Promise<Counts> {
  const { body } = await get("/metrics");
  const lines = String(body).matchAll(/^beq_flag_exposures_total\{flag="(\w+)",variant="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries([...lines].map(([, flag, variant, count]) => [`${flag} ${variant}`, Number(count)]));
}
