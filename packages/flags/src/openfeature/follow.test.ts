import { OpenFeature, ProviderEvents, ProviderStatus } from "@openfeature/web-sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFlagStore } from "../react/store.ts";
import { ann, bob, leavePage, page } from "./page.fixture.ts";
import { document, serve, type Server } from "./server.fixture.ts";
import type { EvaluatedFlags, WebProviderDeps } from "./web.ts";

describe("the web provider, through changes of context, outages and updates", () => {
  let server: Server;
  beforeEach(async () => {
    server = await serve();
  });
  afterEach(async () => {
    await leavePage();
    await server.stop();
  });

  it("asks again for another context, and serves the former one's answers as stale until then", async () => {
    const { client, heard } = await page(server);
    const release = server.hold("bob");
    const changed = OpenFeature.setContext("page", bob);
    expect(client.providerStatus).toBe(ProviderStatus.RECONCILING);
    expect(client.getStringDetails("colour", "none")).toMatchObject({ value: "blue", reason: "STALE" });

    release();
    await changed;
    expect(client.providerStatus).toBe(ProviderStatus.READY);
    expect(client.getStringDetails("colour", "none")).toMatchObject({ value: "red", reason: "DEFAULT" });
    expect(server.asked).toEqual(["ann", "bob"]);
    expect(heard).toEqual(["PROVIDER_RECONCILING", "PROVIDER_CONTEXT_CHANGED"]);
  });

  it("serves nobody the flags of another when their own cannot be had, and theirs once they can", async () => {
    const { client, clock, next } = await page(server);
    server.isDown = true;
    await OpenFeature.setContext("page", bob);
    expect(client.providerStatus).toBe(ProviderStatus.ERROR);
    expect(client.getStringDetails("colour", "none")).toMatchObject({
      value: "none",
      errorCode: "PROVIDER_NOT_READY",
      errorMessage: "HTTP 503",
    });

    server.isDown = false;
    const ready = next(ProviderEvents.Ready);
    await clock.pass();
    await ready;
    expect(client.providerStatus).toBe(ProviderStatus.READY);
    expect(client.getStringDetails("colour", "none")).toMatchObject({ value: "red", reason: "DEFAULT" });
  });

  it.each([
    ["first", true],
    ["last", false],
  ])("ends with the last of two contexts, though the other is answered %s", async (_when, isFirst) => {
    const { client, heard } = await page(server);
    const [releaseBob, releaseCy] = [server.hold("bob"), server.hold("cy")];
    const changes = [OpenFeature.setContext("page", bob), OpenFeature.setContext("page", { targetingKey: "cy" })];
    if (isFirst) releaseBob();
    // A question asked after Bob's is answered after it.
    await server.answersFor(ann);
    expect(client.providerStatus).toBe(ProviderStatus.RECONCILING);

    releaseCy();
    await changes[1];
    releaseBob();
    await changes[0];
    expect(client.getStringValue("user", "none")).toBe("c");
    expect(client.providerStatus).toBe(ProviderStatus.READY);
    expect(heard.filter((name) => name === "PROVIDER_CONTEXT_CHANGED")).toHaveLength(1);
  });

  it("fails to start while the server is away, goes on trying, and is ready once it is back", async () => {
    server.isDown = true;
    const { client, clock, next, started } = await page(server);
    expect(started).toEqual(new Error("HTTP 503"));
    expect(client.providerStatus).toBe(ProviderStatus.ERROR);
    expect(client.getBooleanDetails("chat", true)).toMatchObject({ value: true, errorCode: "PROVIDER_NOT_READY" });

    server.isDown = false;
    const [ready, changed] = [next(ProviderEvents.Ready), next(ProviderEvents.ConfigurationChanged)];
    await clock.pass();
    await ready;
    expect(client.providerStatus).toBe(ProviderStatus.READY);
    expect(await changed).toMatchObject({ flagsChanged: expect.arrayContaining(["chat", "colour"]) });
    expect(client.getBooleanDetails("chat", false)).toMatchObject({ value: true, reason: "STATIC" });
  });

  it("keeps the last answers in an outage, as stale, the kill switch as it is, and tells when it begins and ends", async () => {
    const { client, clock, next } = await page(server);
    server.isDown = true;
    const stale = next(ProviderEvents.Stale);
    server.push();
    expect(await stale).toMatchObject({ providerName: "beq", domain: "page", message: "HTTP 503" });
    expect(client.providerStatus).toBe(ProviderStatus.STALE);
    expect(client.getStringDetails("colour", "none")).toMatchObject({ value: "blue", reason: "STALE" });
    expect(client.getStringDetails("killed", "mine")).toMatchObject({ value: "plain", reason: "DISABLED" });

    server.isDown = false;
    server.flagSet = document({ matching: "bob" });
    const [ready, changed] = [next(ProviderEvents.Ready), next(ProviderEvents.ConfigurationChanged)];
    await clock.pass();
    await ready;
    expect(client.providerStatus).toBe(ProviderStatus.READY);
    expect(await changed).toMatchObject({ flagsChanged: ["colour"] });
    expect(client.getStringDetails("colour", "none")).toMatchObject({ value: "red", reason: "DEFAULT" });
  });

  it("tells which flags changed on the server", async () => {
    const { client, next } = await page(server);
    server.flagSet = document({ matching: "bob" });
    const changed = next(ProviderEvents.ConfigurationChanged);
    server.push();
    expect(await changed).toMatchObject({ domain: "page", flagsChanged: ["colour"] });
    expect(client.getStringValue("colour", "none")).toBe("red");
  });

  it("is ready at once with flags that came with the page, CACHED until the server has confirmed them", async () => {
    const bootstrap = await server.answersFor(ann);
    server.flagSet = document({ matching: "bob" });
    const release = server.hold("ann");
    const { client, next } = await page(server, {}, { bootstrap });
    expect(client.getStringDetails("colour", "none")).toMatchObject({ value: "blue", reason: "CACHED" });

    const changed = next(ProviderEvents.ConfigurationChanged);
    release();
    expect(await changed).toMatchObject({ flagsChanged: ["colour"] });
    expect(client.getStringDetails("colour", "none")).toMatchObject({ value: "red", reason: "DEFAULT" });
    expect(client.providerStatus).toBe(ProviderStatus.READY);
  });

  it.each(["before", "while"])(
    "is stale, not ready, when the server went away %s it started from the page",
    async (when) => {
      const bootstrap = await server.answersFor(ann);
      const away = createFlagStore<EvaluatedFlags>({ bootstrap, fetch: () => Promise.reject(new Error("offline")) });
      if (when === "before") await away.refresh();
      const { client, next, started } = await page(server, { open: () => away });
      expect(started).toBeUndefined();
      expect(await next(ProviderEvents.Stale)).toMatchObject({ message: "offline" });
      expect(client.providerStatus).toBe(ProviderStatus.STALE);
      expect(client.getStringDetails("colour", "none")).toMatchObject({ value: "blue", reason: "STALE" });
    },
  );

  it("shares one store with the page, refreshes it for a new context, and keeps it where that fails", async () => {
    const counts: (number | Error)[] = [1, 2, new Error("down")];
    const store = createFlagStore<EvaluatedFlags>({ fetch: async () => counted(counts.shift()) });
    const { client } = await page(server, { open: () => store });
    const rendered: unknown[] = [];
    store.subscribe(() => rendered.push(store.getSnapshot().flags["count"]?.value));
    expect(client.getNumberValue("count", 0)).toBe(1);

    await OpenFeature.setContext("page", bob);
    expect(client.getNumberDetails("count", 0)).toMatchObject({ value: 2, reason: "STATIC" });
    expect(rendered).toEqual([2]);

    await OpenFeature.setContext("page", ann);
    expect(client.providerStatus).toBe(ProviderStatus.ERROR);
    expect(client.getNumberDetails("count", 0)).toMatchObject({ value: 2, reason: "STALE" });
  });

  it("serves nothing to a context whose store cannot be made", async () => {
    const open: WebProviderDeps["open"] = ({ targetingKey }) => {
      if (targetingKey === "bob") throw new Error("no store for bob");
      return server.store(ann);
    };
    const { client } = await page(server, { open });
    await OpenFeature.setContext("page", bob);
    expect(client.providerStatus).toBe(ProviderStatus.ERROR);
    expect(client.getStringDetails("colour", "none")).toMatchObject({ value: "none", errorCode: "PROVIDER_NOT_READY" });
  });

  it("asks and tells nothing more once it is shut down", async () => {
    const { client, heard } = await page(server);
    expect(server.followers()).toBe(1);
    await OpenFeature.clearProviders();
    expect(server.followers()).toBe(0);
    server.push();
    expect(server.asked).toEqual(["ann"]);
    expect(heard).toEqual([]);
    expect(client.getBooleanDetails("chat", false)).toMatchObject({ value: false });
  });
});

function counted(value: number | Error | undefined): EvaluatedFlags {
  if (value instanceof Error) throw value;
  return { count: { enabled: true, user_specific: false, description: "", reason: "STATIC", value } };
}
