import { OpenFeature, type Hook } from "@openfeature/web-sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createExposures } from "../react/exposures.ts";
import { createFlagStore, type FlagState } from "../react/store.ts";
import { ann, leavePage, page } from "./page.fixture.ts";
import { serve, type Server } from "./server.fixture.ts";

describe("the web provider, in OpenFeature's own SDK", () => {
  let server: Server;
  beforeEach(async () => {
    server = await serve();
  });
  afterEach(async () => {
    await leavePage();
    await server.stop();
  });

  it("answers each type at once, with variant, reason, rule and version", async () => {
    const { client } = await page(server);
    expect(client.getBooleanDetails("chat", false)).toEqual({
      flagKey: "chat",
      value: true,
      variant: "on",
      reason: "STATIC",
      flagMetadata: { version: "3" },
    });
    expect(client.getStringDetails("colour", "none")).toMatchObject({
      value: "blue",
      variant: "cold",
      reason: "TARGETING_MATCH",
      flagMetadata: { version: "1", rule: "ann" },
    });
    expect(client.getNumberValue("limit", 0)).toBe(12.5);
    expect(client.getObjectValue("layout", {})).toEqual({ columns: [1, 2], dense: null });
    expect(client.getObjectValue("layout", {})).toBe(client.getObjectValue("layout", {}));
  });

  it("serves the off value of a disabled flag, reason DISABLED, and the default where there is none", async () => {
    const { client } = await page(server);
    expect(client.getStringDetails("killed", "mine")).toMatchObject({ value: "plain", reason: "DISABLED" });
    expect(client.getBooleanDetails("killed_without_off", true)).toMatchObject({ value: false, reason: "DISABLED" });
    expect(client.getStringDetails("killed_text", "mine")).toMatchObject({ value: "mine", reason: "DISABLED" });
  });

  it.each([
    ["an unknown flag", "nowhere", "FLAG_NOT_FOUND"],
    ["what every object inherits", "constructor", "FLAG_NOT_FOUND"],
    ["a value of another type", "colour", "TYPE_MISMATCH"],
    ["a flag in error on the server", "broken", "PARSE_ERROR"],
  ])("answers the default for %s, with the error code", async (_what, key, errorCode) => {
    const { client } = await page(server);
    expect(client.getBooleanDetails(key, true)).toMatchObject({ value: true, reason: "ERROR", errorCode });
  });

  it("reads a server that says only on or off", async () => {
    const state: FlagState = { enabled: true, user_specific: false, description: "" };
    const open = () => createFlagStore({ fetch: async () => ({ chat: state, sync: { ...state, enabled: false } }) });
    const { client } = await page(server, { open });
    expect(client.getBooleanDetails("chat", false)).toMatchObject({ value: true, reason: "UNKNOWN" });
    expect(client.getBooleanDetails("sync", true)).toMatchObject({ value: false, reason: "UNKNOWN" });
    expect(client.getStringDetails("chat", "x")).toMatchObject({ value: "x", errorCode: "TYPE_MISMATCH" });
  });

  it("belongs to one domain, as its answers belong to one context", async () => {
    const { provider } = await page(server);
    await expect(OpenFeature.setProviderAndWait("other", provider)).rejects.toThrow("domain-scoped");
  });

  it("runs hooks in OpenFeature's order, its own innermost, and their error stage on errors", async () => {
    const heard: string[] = [];
    const { client } = await page(server, { hooks: [hook("provider", heard)] });
    OpenFeature.addHooks(hook("api", heard));
    client.addHooks(hook("client", heard));
    const options = { hooks: [hook("call", heard)] };

    client.getBooleanValue("chat", false, options);
    expect(heard.splice(0)).toEqual([
      ...["api", "client", "call", "provider"].map((name) => `${name} before ann`),
      ...["provider", "call", "client", "api"].map((name) => `${name} after true`),
      ...["provider", "call", "client", "api"].map((name) => `${name} finally STATIC`),
    ]);
    client.getBooleanValue("nowhere", false, options);
    expect(heard.slice(4)).toEqual([
      ...["provider", "call", "client", "api"].map((name) => `${name} error there is no flag 'nowhere'`),
      ...["provider", "call", "client", "api"].map((name) => `${name} finally ERROR`),
    ]);
  });

  it("hands tracked events over with the static context", async () => {
    const tracked: unknown[] = [];
    const { client } = await page(server, { onTrack: (...event) => void tracked.push(event) });
    client.track("planned", { value: 25, source: "ics" });
    expect(tracked).toEqual([["planned", ann, { value: 25, source: "ics" }]]);
  });

  it("exposes what it served, not what it could not, and answers though nobody takes it", async () => {
    const sent: unknown[] = [];
    const { onExposure, flush } = createExposures({
      send: async (report) => void sent.push(...report),
      after: () => {},
    });
    const { client } = await page(server, { onExposure });
    for (let i = 0; i < 3; i++) client.getBooleanValue("chat", false);
    client.getBooleanValue("colour", false);
    client.getBooleanValue("nowhere", false);
    await flush();
    expect(sent).toEqual([{ key: "chat", enabled: true }]);

    const refuse = () => {
      throw new Error("full");
    };
    const other = await page(server, { onExposure: refuse });
    expect(other.client.getBooleanValue("chat", false)).toBe(true);
  });
});

function hook(name: string, heard: string[]): Hook {
  return {
    before: ({ context }) => void heard.push(`${name} before ${context.targetingKey}`),
    after: (_context, { value }) => void heard.push(`${name} after ${String(value)}`),
    error: (_context, error) => void heard.push(`${name} error ${error instanceof Error ? error.message : ""}`),
    finally: (_context, { reason }) => void heard.push(`${name} finally ${reason}`),
  };
}
