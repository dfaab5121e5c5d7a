import { OpenFeature, ProviderEvents } from "@openfeature/web-sdk";
import type { FlagStoreDeps } from "../react/store.ts";
import type { Server } from "./server.fixture.ts";
import { createWebProvider, type EvaluatedFlags, type WebProviderDeps } from "./web.ts";

export const ann = { targetingKey: "ann" };
export const bob = { targetingKey: "bob" };

type StoreDeps = FlagStoreDeps<EvaluatedFlags>;

/** A page of Ann's with a provider over the server's flags, and a client of the real SDK. */
export async function page(server: Server, deps: Partial<WebProviderDeps> = {}, store: Partial<StoreDeps> = {}) {
  // What the SDK logs here are the outages that tests make.
  OpenFeature.setLogger({ error: () => {}, warn: () => {}, info: () => {}, debug: () => {} });
  const clock = createClock();
  const open: WebProviderDeps["open"] = (context) => server.store(context, { after: clock.after, ...store });
  const provider = createWebProvider({ open, ...deps });
  const started = await OpenFeature.setProviderAndWait("page", provider, ann).catch((error: unknown) => error);
  const client = OpenFeature.getClient("page");
  const next = (event: ProviderEvents) =>
    new Promise((resolve) => {
      const handler = (details: unknown) => {
        client.removeHandler(event, handler);
        resolve(details);
      };
      client.addHandler(event, handler);
    });
  return { provider, client, clock, next, started, heard: listen(client) };
}

/** The names of all events from now on. */
function listen(client: ReturnType<typeof OpenFeature.getClient>): string[] {
  const heard: string[] = [];
  for (const event of Object.values(ProviderEvents)) client.addHandler(event, () => void heard.push(event));
  // A handler for the state that the provider is in already is called at once.
  heard.length = 0;
  return heard;
}

/** Takes back what tests leave in the SDK's one global API. */
export async function leavePage(): Promise<void> {
  await OpenFeature.clearProviders();
  OpenFeature.clearHandlers();
  OpenFeature.clearHooks();
}

/** Timers that run when told to. */
function createClock() {
  let waiting: (() => void)[] = [];
  return {
    after: (_seconds: number, act: () => void) => {
      waiting.push(act);
      return () => void (waiting = waiting.filter((other) => other !== act));
    },
    pass: async () => {
      for (const act of waiting.splice(0)) act();
    },
  };
}
