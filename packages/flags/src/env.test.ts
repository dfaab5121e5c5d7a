import { describe, expect, it } from "vitest";
import { compile } from "./compile.ts";
import { environmentLayer } from "./env.ts";
import { features, type FeatureKey } from "./features.ts";
import { defineFlags } from "./registry.ts";

describe("the environment", () => {
  it("says nothing: each feature has its default", () => {
    expect(states({})).toEqual({
      schedule_optimization: true,
      ai_chat: true,
      calendar_sync: false,
      brick_management: true,
      advanced_analytics: false,
    });
  });

  it.each([
    ...["true", "1", "yes", "on", "TRUE", " On "].map((text) => [text, true] as const),
    ...["false", "0", "no", "off", "False"].map((text) => [text, false] as const),
  ])("reads '%s' as %s", (text, expected) => {
    expect(isOn("calendar_sync", { FEATURE_CALENDAR_SYNC_ENABLED: text }, "u")).toBe(expected);
    expect(isOn("ai_chat", { FEATURE_AI_CHAT_ENABLED: text }, undefined)).toBe(expected);
  });

  it("takes an empty value as unset", () => {
    expect(states({ FEATURE_AI_CHAT_ENABLED: "", FEATURE_AI_CHAT_ROLLOUT: "  ", FEATURE_AI_CHAT_USERS: "" })).toEqual(
      states({}),
    );
  });

  it("turns a feature on for the named users only, and off for whoever has no id", () => {
    const env = { FEATURE_CALENDAR_SYNC_ENABLED: "true", FEATURE_CALENDAR_SYNC_USERS: "ann, bob,,ann" };
    expect(["ann", "bob", "cy", undefined].map((id) => isOn("calendar_sync", env, id))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it("turns a feature on for the named users and a share of the rest", () => {
    const env = { FEATURE_AI_CHAT_ROLLOUT: "25", FEATURE_AI_CHAT_USERS: "ann" };
    const compiled = compiledFor(env);
    const people = Array.from({ length: 20_000 }, (_, index) => ({ targetingKey: `user-${index}` }));
    const share = people.filter((context) => compiled.value("ai_chat", context)).length / people.length;
    expect(Math.abs(share - 0.25)).toBeLessThan(0.015);
    expect(isOn("ai_chat", env, "ann")).toBe(true);
    expect(isOn("ai_chat", env, undefined)).toBe(false);
  });

  it("is off for all when switched off, whatever users and rollout say", () => {
    const env = { FEATURE_AI_CHAT_ENABLED: "no", FEATURE_AI_CHAT_ROLLOUT: "100", FEATURE_AI_CHAT_USERS: "ann" };
    expect([isOn("ai_chat", env, "ann"), isOn("ai_chat", env, "bob")]).toEqual([false, false]);
  });

  it("leaves a feature that is off by default off when only users or a rollout are named", () => {
    const env = { FEATURE_CALENDAR_SYNC_ROLLOUT: "100", FEATURE_CALENDAR_SYNC_USERS: "ann" };
    expect(isOn("calendar_sync", env, "ann")).toBe(false);
  });

  it("names every bad value with its variable and what was expected, one line each", () => {
    const env = {
      FEATURE_AI_CHAT_ENABLED: "maybe",
      FEATURE_AI_CHAT_ROLLOUT: "101",
      FEATURE_CALENDAR_SYNC_ROLLOUT: "-1",
      FEATURE_CALENDAR_SYNC_USERS: ",",
    };
    expect(environmentLayer(features, env)).toEqual({
      ok: false,
      warnings: [],
      problems: [
        'FEATURE_AI_CHAT_ENABLED is "maybe", expected true, 1, yes, on or false, 0, no, off',
        'FEATURE_AI_CHAT_ROLLOUT is "101", expected a percentage from 0 to 100 with at most 7 decimals',
        'FEATURE_CALENDAR_SYNC_ROLLOUT is "-1", expected a percentage from 0 to 100 with at most 7 decimals',
        'FEATURE_CALENDAR_SYNC_USERS is ",", expected user ids separated by commas',
      ],
    });
  });

  it("warns of a variable that sets nothing and names the nearest one that does", () => {
    expect(environmentLayer(features, { FEATURE_CALENDER_SYNC_ENABLED: "1", PATH: "/bin" }).warnings).toEqual([
      "FEATURE_CALENDER_SYNC_ENABLED sets no feature; did you mean FEATURE_CALENDAR_SYNC_ENABLED?",
    ]);
  });

  it("has no rollout for a flag that is not on or off", () => {
    const registry = defineFlags({ model: { type: "string", default: "small", name: "Model", description: "" } });
    const layer = environmentLayer(registry, { FEATURE_MODEL_ROLLOUT: "10" });
    expect(layer).toMatchObject({ ok: false, problems: [expect.stringContaining("FEATURE_MODEL_ROLLOUT")] });
  });

  it("keeps decimals of a percentage exact", () => {
    const layer = environmentLayer(features, { FEATURE_AI_CHAT_ROLLOUT: "0.001" });
    expect(layer.ok && layer.flags.flags["ai_chat"]?.otherwise).toEqual({
      split: {
        weights: [
          { variant: "on", weight: 1 },
          { variant: "off", weight: 99_999 },
        ],
      },
    });
  });
});

type Variables = Record<string, string>;

function compiledFor(env: Variables) {
  const layer = environmentLayer(features, env);
  if (!layer.ok) throw new Error(layer.problems.join("\n"));
  return compile(layer.flags);
}

function isOn(key: FeatureKey, env: Variables, targetingKey: string | undefined) {
  return compiledFor(env).value(key, { targetingKey });
}

function states(env: Variables) {
  const compiled = compiledFor(env);
  return Object.fromEntries(compiled.keys.map((key) => [key, compiled.value(key, {})]));
}
