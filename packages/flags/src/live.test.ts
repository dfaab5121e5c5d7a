import { describe, expect, it } from "vitest";
import { z } from "zod";
import { environmentLayer } from "./env.ts";
import { features } from "./features.ts";
import { createFlags, type Change, type Evaluation } from "./live.ts";
import type { Flag, FlagSet } from "./model.ts";
import { defaults, defineFlags, overlay } from "./registry.ts";

describe("the live flags", () => {
  it("answer whether a feature is on for a user", () => {
    const flags = live({ FEATURE_CALENDAR_SYNC_ENABLED: "on", FEATURE_CALENDAR_SYNC_USERS: "ann" });
    expect(flags.isEnabled("calendar_sync", "ann")).toBe(true);
    expect(flags.isEnabled("calendar_sync", "bob")).toBe(false);
    expect(flags.isEnabled("calendar_sync")).toBe(false);
    expect(flags.isEnabled("ai_chat")).toBe(true);
  });

  it("refuse a misspelt key when compiling, and answer FLAG_NOT_FOUND for one that is only known later", () => {
    const flags = live({});
    // @ts-expect-error misspelt
    expect(flags.isEnabled("ai_caht")).toBe(false);
    // @ts-expect-error misspelt
    expect(flags.resolve("ai_caht", {}).reason).toBe("ERROR");
    expect(flags.lookup("ai_caht", {})).toMatchObject({ reason: "ERROR", errorCode: "FLAG_NOT_FOUND" });
    expect(flags.status("ai_caht", {})).toBeUndefined();
    expect(flags.status("constructor", {})).toBeUndefined();
  });

  it("report each evaluation with variant, reason and user, but no status", () => {
    const seen: Evaluation[] = [];
    const flags = createFlags({ registry: features, flagSet: defaults(features), onEvaluate: (one) => seen.push(one) });
    flags.statuses({ targetingKey: "ann" });
    flags.isEnabled("ai_chat", "ann");
    flags.lookup("nothing", {});
    expect(seen).toEqual([
      { key: "ai_chat", variant: "on", reason: "STATIC", userId: "ann" },
      { key: "nothing", variant: undefined, reason: "ERROR", userId: undefined },
    ]);
  });

  it("answer all flags at once, those of the store included, with the answers of a single look and uncounted", () => {
    const seen: Evaluation[] = [];
    const flags = createFlags({ registry: features, flagSet: stored(), onEvaluate: (one) => seen.push(one) });
    const context = { targetingKey: "ann" };
    const { keys } = flags;
    expect(keys).toContain("stored_only");
    expect(flags.peekAll(context)).toEqual(keys.map((key) => flags.peek(key, context)));
    expect(flags.peekAll(context).every((answer, at) => answer === flags.peekAll(context)[at])).toBe(true);
    expect(flags.peekAll(context)[keys.indexOf("ai_chat")]).toMatchObject({ errorCode: "TYPE_MISMATCH" });
    expect([seen, flags.takeCounts()]).toEqual([[], []]);

    flags.replace(layer({}));
    expect(flags.keys).not.toContain("stored_only");
    expect(flags.peekAll(context)).toEqual(flags.keys.map((key) => flags.peek(key, context)));
  });

  it("answer all flags at once with some forced", () => {
    const forced = createFlags({ registry: features, flagSet: stored() }).forced({ stored_only: "off", ai_chat: "x" });
    const answer = forced.peekAll({})[forced.keys.indexOf("stored_only")];
    expect(answer).toEqual({ value: false, variant: "off", reason: "TARGETING_MATCH", rule: "override" });
    expect(forced.peekAll({})).toEqual(forced.keys.map((key) => forced.peek(key, {})));
  });

  it("count what was answered and used, over a change of the set, once", () => {
    const flags = live({ FEATURE_CALENDAR_SYNC_ENABLED: "on", FEATURE_CALENDAR_SYNC_USERS: "ann" });
    flags.statuses({ targetingKey: "ann" });
    flags.lookup("nothing", {});
    for (const id of ["ann", "bob", "cy"]) flags.isEnabled("calendar_sync", id);
    flags.replace(layer({}));
    flags.value("calendar_sync", { targetingKey: "ann" });
    flags.replace(layer({ FEATURE_AI_CHAT_ENABLED: "off" }));
    flags.value("calendar_sync", { targetingKey: "bob" });

    expect(flags.takeCounts()).toEqual([
      { key: "calendar_sync", variant: "on", reason: "TARGETING_MATCH", rule: "users", count: 1 },
      { key: "calendar_sync", variant: "off", reason: "DEFAULT", rule: undefined, count: 2 },
      { key: "calendar_sync", variant: "off", reason: "DISABLED", rule: undefined, count: 2 },
    ]);
    expect(flags.takeCounts()).toEqual([]);
  });

  it("go on when a listener throws, and tell of it", () => {
    const faults: unknown[] = [];
    const heard: Change[] = [];
    const throwing = () => {
      throw new Error("listener");
    };
    const deps = { registry: features, flagSet: defaults(features), onEvaluate: throwing };
    const flags = createFlags({ ...deps, onFault: (error) => faults.push(error) });
    flags.subscribe(throwing);
    flags.subscribe((change) => heard.push(change));

    expect(flags.isEnabled("ai_chat")).toBe(true);
    expect(flags.replace(layer({ FEATURE_AI_CHAT_ENABLED: "no" }))).toEqual(["ai_chat"]);
    expect(heard).toEqual([{ version: 2, keys: ["ai_chat"] }]);
    expect(faults).toHaveLength(2);
  });

  it("tell listeners which flags changed, once, and nothing when none did", () => {
    const flags = live({});
    const heard: Change[] = [];
    const leave = flags.subscribe((change) => heard.push(change));

    expect(flags.replace(layer({}))).toEqual([]);
    flags.replace(layer({ FEATURE_AI_CHAT_ROLLOUT: "5", FEATURE_CALENDAR_SYNC_ENABLED: "1" }));
    leave();
    flags.replace(layer({}));

    expect(heard).toEqual([{ version: 2, keys: ["ai_chat", "calendar_sync"] }]);
    expect(flags.version).toBe(3);
    expect(flags.isEnabled("calendar_sync")).toBe(false);
  });

  it("count a flag as changed when a segment it names or a flag it requires did", () => {
    const before = linked(["ann"]);
    const flags = createFlags({ registry: {}, flagSet: before });
    expect(flags.replace(linked(["ann"]))).toEqual([]);
    expect(flags.replace(linked(["ann", "bob"]))).toEqual(["child", "parent"]);
  });

  it("answer the declared default when a stored flag has another type", () => {
    const wrong = {
      ...defaults(features).flags["ai_chat"],
      type: "string",
      variants: { on: "yes", off: "no" },
    } as Flag;
    const flagSet = { ...defaults(features), flags: { ...defaults(features).flags, ai_chat: wrong } };
    const flags = createFlags({ registry: features, flagSet });
    expect(flags.resolve("ai_chat", {})).toMatchObject({ value: true, reason: "ERROR", errorCode: "TYPE_MISMATCH" });
    expect(flags.isEnabled("ai_chat")).toBe(true);
  });

  it("keep the kill switch off even where a flag has no off variant, whatever the default is", () => {
    const killed = { ...defaults(features).flags["ai_chat"], enabled: false, off: null } as Flag;
    const flags = createFlags({
      registry: features,
      flagSet: { version: 1, flags: { ai_chat: killed }, segments: {} },
    });
    expect(flags.resolve("ai_chat", {})).toMatchObject({ value: false, reason: "DISABLED" });
    expect(flags.status("ai_chat", {})?.enabled).toBe(false);
  });

  it("have the types of their registry", () => {
    const payload = z.object({ limit: z.number() });
    const registry = defineFlags({
      chat: { type: "boolean", default: true, name: "Chat", description: "" },
      model: { type: "string", default: "small", values: ["small", "large"], name: "Model", description: "" },
      ratio: { type: "number", default: 0.5, name: "Ratio", description: "" },
      quota: { type: "json", default: { limit: 1 }, schema: payload, name: "Quota", description: "" },
    });
    const flags = createFlags({ registry, flagSet: defaults(registry) });

    const model: "small" | "large" = flags.value("model", {});
    const limit: number = flags.value("quota", {}).limit;
    const ratio: number = flags.resolve("ratio", {}).value;
    expect([model, limit, ratio]).toEqual(["small", 1, 0.5]);
    // @ts-expect-error not a boolean flag
    flags.isEnabled("model");
    // @ts-expect-error not one of its values
    const other: "medium" = flags.value("model", {});
    expect(other).toBe("small");
  });

  it("answer the default for a payload that its schema refuses", () => {
    const registry = defineFlags({
      quota: {
        type: "json",
        default: { limit: 1 },
        schema: z.object({ limit: z.number() }),
        name: "",
        description: "",
      },
    });
    const stored = { ...defaults(registry).flags["quota"], variants: { default: { limit: "many" } } } as Flag;
    const flags = createFlags({ registry, flagSet: { version: 1, flags: { quota: stored }, segments: {} } });
    expect(flags.resolve("quota", {})).toMatchObject({ value: { limit: 1 }, errorCode: "TYPE_MISMATCH" });
  });
});

describe("a registry", () => {
  it("refuses keys that no environment variable could spell and defaults outside a flag's values", () => {
    const flag = { type: "boolean", default: true, name: "", description: "" } as const;
    expect(() => defineFlags({ aiChat: flag })).toThrow("flag key 'aiChat' is not in snake_case");
    const model = { type: "string", default: "x", values: ["a"], name: "", description: "" } as const;
    expect(() => defineFlags({ model })).toThrow("the default of flag 'model' is not one of its values");
  });
});

describe("a higher layer", () => {
  it("wins flag by flag over a lower one", () => {
    const stored = { ...layer({ FEATURE_AI_CHAT_ENABLED: "no" }), version: 7 };
    const { ai_chat } = stored.flags;
    const both = overlay(layer({ FEATURE_CALENDAR_SYNC_ENABLED: "on" }), {
      ...stored,
      flags: ai_chat ? { ai_chat } : {},
    });
    const flags = createFlags({ registry: features, flagSet: both });
    expect([flags.isEnabled("ai_chat"), flags.isEnabled("calendar_sync"), both.version]).toEqual([false, true, 7]);
  });
});

describe("a status", () => {
  const always = { enabled: true, user_specific: false, rollout_percentage: null };
  const off = { enabled: false, user_specific: false, rollout_percentage: null };

  it.each([
    ["is on for all", {}, always],
    ["is off for all", { ENABLED: "false", ROLLOUT: "50" }, { ...off, rollout_percentage: 50 }],
    ["is for named users", { USERS: "bob" }, { enabled: false, user_specific: true, rollout_percentage: null }],
    ["is at 0 %", { ROLLOUT: "0" }, { enabled: false, user_specific: false, rollout_percentage: 0 }],
    ["is at 100 %", { ROLLOUT: "100" }, { enabled: true, user_specific: false, rollout_percentage: 100 }],
    ["is at 12.5 %", { ROLLOUT: "12.5" }, { user_specific: true, rollout_percentage: 12.5 }],
    [
      "is at 0 % and for users",
      { ROLLOUT: "0", USERS: "ann" },
      { enabled: true, user_specific: true, rollout_percentage: 0 },
    ],
  ])("tells when a feature %s", (_, settings, expected) => {
    const env = Object.fromEntries(Object.entries(settings).map(([name, value]) => [`FEATURE_AI_CHAT_${name}`, value]));
    const status = live(env).status("ai_chat", { targetingKey: "ann" });
    expect(status).toMatchObject({ ...expected, description: "Conversational AI chat interface" });
    expect(live(env).statuses({ targetingKey: "ann" }).ai_chat).toEqual(status);
  });

  it("is user-specific when a required flag is", () => {
    const flags = createFlags({ registry: {}, flagSet: linked(["ann"]) });
    expect(flags.status("child", {})?.user_specific).toBe(true);
  });
});

it("reads a list of ids once for all the sets that share it", () => {
  const ids = ["ann"];
  let read = 0;
  const counted = Object.assign(ids, { [Symbol.iterator]: () => ((read += 1), Array.prototype.values.call(ids)) });
  const set = linked(counted);
  const flags = createFlags({ registry: {}, flagSet: set });
  flags.replace({ ...set, flags: { ...set.flags, other: { ...(set.flags["other"] as Flag), enabled: false } } });

  expect(flags.version).toBe(2);
  expect(flags.lookup("parent", { targetingKey: "bob" })).toMatchObject({ variant: "off", reason: "TARGETING_MATCH" });
  expect(read).toBe(1);
});

function layer(env: Record<string, string>): FlagSet {
  const parsed = environmentLayer(features, env);
  if (!parsed.ok) throw new Error(parsed.problems.join("\n"));
  return parsed.flags;
}

function live(env: Record<string, string>) {
  return createFlags({ registry: features, flagSet: layer(env) });
}

/** With a flag that the code does not declare, and one that is not of the declared type. */
function stored(): FlagSet {
  const { flags, ...rest } = defaults(features);
  const base = flags["ai_chat"] as Flag;
  const text: Flag = { ...base, type: "string", variants: { on: "yes", off: "no" } };
  return { ...rest, flags: { ...flags, ai_chat: text, stored_only: { ...base, enabled: true } } };
}

function linked(ids: string[]): FlagSet {
  const base = defaults(features).flags["ai_chat"] as Flag;
  const rules = [{ id: "r", when: { segment: "outer" }, serve: { variant: "off" } }];
  return {
    version: 1,
    flags: {
      parent: { ...base, rules },
      child: { ...base, requires: [{ flag: "parent", variants: ["on"] }] },
      other: base,
    },
    segments: { outer: { when: { not: { segment: "inner" } } }, inner: { ids } },
  };
}
