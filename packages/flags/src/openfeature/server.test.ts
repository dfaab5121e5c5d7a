import { OpenFeature, ProviderEvents, ProviderStatus, type Hook } from "@openfeature/server-sdk";
import * as fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { createFlags, type Evaluation } from "../live.ts";
import type { FlagSet } from "../model.ts";
import { parseFlagSet } from "../parse.ts";
import { createServerProvider } from "./server.ts";

afterEach(async () => {
  await OpenFeature.clearProviders();
  OpenFeature.clearHandlers();
  OpenFeature.clearHooks().setContext({});
});

describe("the server provider, in OpenFeature's own SDK", () => {
  it("answers each type with variant, reason, rule and version", async () => {
    const { client } = await house();
    expect(await client.getBooleanDetails("chat", false)).toEqual({
      flagKey: "chat",
      value: true,
      variant: "on",
      reason: "STATIC",
      flagMetadata: { version: "3" },
    });
    expect(await client.getStringDetails("colour", "red", { country: "FR" })).toMatchObject({
      value: "blue",
      variant: "cold",
      reason: "TARGETING_MATCH",
      flagMetadata: { version: "1", rule: "france" },
    });
    expect(await client.getNumberDetails("limit", 0)).toMatchObject({ value: 12.5, reason: "STATIC" });
    expect(await client.getObjectDetails("layout", {})).toMatchObject({
      value: { columns: [1, 2], dense: null },
      variant: "wide",
    });
    expect(await client.getObjectValue("list", {})).toEqual([1, "two"]);
    expect(await client.getObjectValue("nothing", {})).toBeNull();
  });

  it("serves the off value of a disabled flag, reason DISABLED, whatever the caller's default", async () => {
    const { client } = await house();
    expect(await client.getStringDetails("killed", "mine")).toMatchObject({ value: "plain", reason: "DISABLED" });
    expect(await client.getBooleanDetails("killed_without_off", true)).toMatchObject({
      value: false,
      reason: "DISABLED",
    });
    expect(await client.getStringDetails("killed_text", "mine")).toMatchObject({ value: "mine", reason: "DISABLED" });
  });

  it.each([
    ["an unknown flag", "nowhere", "FLAG_NOT_FOUND"],
    ["what every object inherits", "constructor", "FLAG_NOT_FOUND"],
    ["a value of another type", "colour", "TYPE_MISMATCH"],
    ["a flag whose pattern cannot be read", "broken", "PARSE_ERROR"],
  ])("answers the default for %s, with the error code", async (_what, key, errorCode) => {
    const { client } = await house();
    const details = await client.getBooleanDetails(key, true);
    expect(details).toMatchObject({ value: true, reason: "ERROR", errorCode });
    expect(details.errorMessage).not.toBe("");
  });

  it("lets nobody change a flag through its value", async () => {
    const { client } = await house();
    const value = await client.getObjectValue<{ columns: number[] }>("layout", { columns: [] });
    value.columns.push(3);
    expect(await client.getObjectValue("layout", {})).toEqual({ columns: [1, 2], dense: null });
  });

  it("places the targeting key in a split as the engine does (seed 1729)", async () => {
    const { client, flags } = await house();
    const ids = fc.sample(fc.string({ unit: "grapheme" }), { numRuns: 200, seed: 1729 });
    const answers = await Promise.all(
      ids.map((targetingKey) => client.getBooleanDetails("half", false, { targetingKey })),
    );
    const expected = ids.map((targetingKey) => flags.lookup("half", { targetingKey }));
    expect(answers.map(({ value, variant, reason }) => ({ value, variant, reason }))).toEqual(
      expected.map(({ value, variant, reason }) => ({ value, variant, reason })),
    );
    expect(new Set(answers.map(({ reason }) => reason))).toEqual(new Set(["DEFAULT", "SPLIT"]));
    expect(new Set(answers.map(({ value }) => value)).size).toBe(2);
  });

  it("reads nested attributes and dates", async () => {
    const { client } = await house();
    const company = { company: { size: 50 }, joined: new Date("2024-05-01") };
    expect(await client.getStringValue("colour", "none", company)).toBe("green");
    expect(await client.getStringValue("colour", "none", { ...company, joined: new Date("2026-05-01") })).toBe("red");
  });

  it("sees one context, merged from the API, the client, the call and the hooks, later ones first", async () => {
    const { client, evaluations } = await house();
    OpenFeature.setContext({ targetingKey: "api", country: "FR" });
    expect(await client.getStringValue("colour", "none")).toBe("blue");

    client.setContext({ targetingKey: "client", country: "DE" });
    expect(await client.getStringValue("colour", "none")).toBe("red");
    expect(await client.getStringValue("colour", "none", { country: "FR" })).toBe("blue");

    const before = () => ({ targetingKey: "hook", country: "PT" });
    expect(await client.getStringValue("colour", "none", { country: "FR" }, { hooks: [{ before }] })).toBe("red");
    expect(evaluations.map(({ userId }) => userId)).toEqual(["api", "client", "client", "hook"]);
  });

  it("counts an evaluation once, as a use of the flag", async () => {
    const { client, flags } = await house();
    for (let i = 0; i < 3; i++) await client.getBooleanValue("chat", false);
    expect(flags.takeCounts()).toEqual([{ key: "chat", variant: "on", reason: "STATIC", rule: undefined, count: 3 }]);
  });

  it("runs hooks in OpenFeature's order, its own innermost, and their error stage on errors", async () => {
    const heard: string[] = [];
    const { client } = await house({ hooks: [hook("provider", heard)] });
    OpenFeature.addHooks(hook("api", heard));
    client.addHooks(hook("client", heard));
    const options = { hooks: [hook("call", heard)] };

    await client.getBooleanValue("chat", false, {}, options);
    expect(heard.splice(0)).toEqual([
      ...["api", "client", "call", "provider"].map((name) => `${name} before`),
      ...["provider", "call", "client", "api"].map((name) => `${name} after true`),
      ...["provider", "call", "client", "api"].map((name) => `${name} finally STATIC`),
    ]);
    await client.getBooleanValue("nowhere", false, {}, options);
    expect(heard.slice(4)).toEqual([
      ...["provider", "call", "client", "api"].map((name) => `${name} error there is no flag 'nowhere'`),
      ...["provider", "call", "client", "api"].map((name) => `${name} finally ERROR`),
    ]);
  });

  it("reports ready, then the keys that a change touched, until it is closed", async () => {
    const { client, flags } = await house();
    const heard: unknown[] = [];
    client.addHandler(ProviderEvents.Ready, () => void heard.push("ready"));
    client.addHandler(ProviderEvents.ConfigurationChanged, (details) => void heard.push(details?.flagsChanged));
    client.addHandler(ProviderEvents.ConfigurationChanged, () => {
      throw new Error("a handler of somebody else");
    });
    expect(client.providerStatus).toBe(ProviderStatus.READY);

    flags.replace(document({ country: "PT" }));
    expect(await client.getStringValue("colour", "none", { country: "PT" })).toBe("blue");
    expect(heard).toEqual(["ready", ["colour"]]);

    await OpenFeature.close();
    flags.replace(document({ country: "ES" }));
    expect(heard).toHaveLength(2);
  });

  it("serves two domains, and changes once for each", async () => {
    const { flags, provider } = await house();
    await OpenFeature.setProviderAndWait("other", provider);
    const heard: unknown[] = [];
    OpenFeature.getClient("other").addHandler(
      ProviderEvents.ConfigurationChanged,
      (details) => void heard.push(details),
    );
    flags.replace(document({ country: "PT" }));
    expect(heard).toMatchObject([{ domain: "other", providerName: "beq", flagsChanged: ["colour"] }]);
  });

  it("hands tracked events over with the merged context", async () => {
    const tracked: unknown[] = [];
    const { client } = await house({ onTrack: (...event) => void tracked.push(event) });
    OpenFeature.setContext({ country: "FR" });
    client.track("planned", { targetingKey: "ann" }, { value: 25, source: "ics" });
    client.track("opened");
    expect(tracked).toEqual([
      ["planned", { country: "FR", targetingKey: "ann" }, { value: 25, source: "ics" }],
      ["opened", { country: "FR" }, {}],
    ]);
  });
});

/** The flags, a provider over them, and a client of the real SDK. */
async function house(deps: Omit<Parameters<typeof createServerProvider>[0], "flags"> = {}) {
  const evaluations: Evaluation[] = [];
  const onEvaluate = (one: Evaluation) => void evaluations.push(one);
  const flags = createFlags({ registry: {}, flagSet: document(), onEvaluate });
  const provider = createServerProvider({ flags, ...deps });
  await OpenFeature.setProviderAndWait("house", provider);
  return { flags, provider, client: OpenFeature.getClient("house"), evaluations };
}

function hook(name: string, heard: string[]): Hook {
  return {
    before: () => void heard.push(`${name} before`),
    after: (_context, { value }) => void heard.push(`${name} after ${String(value)}`),
    error: (_context, error) => void heard.push(`${name} error ${error instanceof Error ? error.message : ""}`),
    finally: (_context, { reason }) => void heard.push(`${name} finally ${reason}`),
  };
}

function document({ country = "FR" } = {}): FlagSet {
  const on = { type: "boolean", enabled: true, variants: { on: true, off: false }, off: "off" };
  const text = { type: "string", enabled: true, variants: { warm: "red", cold: "blue", fresh: "green" }, off: "warm" };
  const json = { type: "json", enabled: true, off: "wide", otherwise: { variant: "wide" } };
  const half = [
    { variant: "on", weight: 1 },
    { variant: "off", weight: 1 },
  ];
  const grown = {
    all: [
      { attribute: "/company/size", op: "at_least", value: 50 },
      { attribute: "joined", op: "before", value: "2025-01-01" },
    ],
  };
  const parsed = parseFlagSet({
    flags: {
      chat: { ...on, otherwise: { variant: "on" }, version: 3 },
      half: { ...on, otherwise: { split: { weights: half } } },
      limit: { type: "number", enabled: true, variants: { one: 12.5 }, off: "one", otherwise: { variant: "one" } },
      layout: { ...json, variants: { wide: { columns: [1, 2], dense: null } } },
      list: { ...json, variants: { wide: [1, "two"] } },
      nothing: { ...json, variants: { wide: null } },
      killed: { ...text, enabled: false, variants: { plain: "plain" }, off: "plain", otherwise: { variant: "plain" } },
      killed_without_off: { ...on, enabled: false, off: null, otherwise: { variant: "on" } },
      killed_text: { ...text, enabled: false, off: null, otherwise: { variant: "warm" } },
      broken: {
        ...on,
        rules: [{ id: "r", when: { attribute: "a", op: "matches", pattern: "x" }, serve: { variant: "on" } }],
        otherwise: { variant: "on" },
      },
      colour: {
        ...text,
        rules: [
          {
            id: "france",
            when: { attribute: "country", op: "equals", value: country },
            serve: { variant: "cold" },
          },
          { id: "grown", when: grown, serve: { variant: "fresh" } },
        ],
        otherwise: { variant: "warm" },
      },
    },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.flagSet;
}
