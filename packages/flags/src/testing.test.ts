import { expect, it } from "vitest";
import { features } from "./features.ts";
import { defineFlags } from "./registry.ts";
import { createTestFlags, overrideCookieFor } from "./testing.ts";

it("answers a test's values, the defaults elsewhere, and other values when told", () => {
  const flags = createTestFlags(features, { calendar_sync: true, ai_chat: false });
  const heard: (readonly string[])[] = [];
  flags.subscribe(({ keys }) => heard.push(keys));
  expect(flags.isEnabled("calendar_sync", "anyone")).toBe(true);
  expect(flags.isEnabled("ai_chat")).toBe(false);
  expect(flags.isEnabled("schedule_optimization")).toBe(true);

  flags.set({ ai_chat: true });
  expect(flags.isEnabled("ai_chat")).toBe(true);
  expect(flags.isEnabled("calendar_sync")).toBe(true);
  expect([heard, flags.version]).toEqual([[["ai_chat"]], 2]);
});

it("is typed by the registry", () => {
  const registry = defineFlags({
    model: { type: "string", default: "small", values: ["small", "large"], name: "Model", description: "" },
  });
  expect(createTestFlags(registry, { model: "large" }).value("model", {})).toBe("large");
  // @ts-expect-error not one of its values
  expect(createTestFlags(registry, { model: "medium" }).value("model", {})).toBe("small");
});

it("makes the cookie that a browser test sets", () => {
  expect(overrideCookieFor("v1.a.b", "http://127.0.0.1:8000")).toEqual({
    name: "beq_flag_override",
    value: "v1.a.b",
    url: "http://127.0.0.1:8000",
    httpOnly: true,
    sameSite: "Lax",
  });
});
