import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { json } from "node:stream/consumers";
import type { AddressInfo } from "node:net";
import { compile } from "../compile.ts";
import type { EvaluationContext, FlagSet, Resolution } from "../model.ts";
import { parseFlagSet } from "../parse.ts";
import { createFlagStore, type FlagStoreDeps } from "../react/store.ts";
import type { EvaluatedFlag, EvaluatedFlags } from "./web.ts";

type StoreDeps = FlagStoreDeps<EvaluatedFlags>;

export type Server = Awaited<ReturnType<typeof serve>>;

/** A server that evaluates a flag set over HTTP; `hold` keeps it from answering for a user until released. */
export async function serve() {
  const held = new Map<string, Promise<void>>();
  const followers = new Set<() => void>();
  const server = {
    flagSet: document(),
    isDown: false,
    asked: [] as unknown[],
    hold(user: string) {
      let release = () => {};
      held.set(user, new Promise((resolve) => (release = resolve)));
      return release;
    },
    followers: () => followers.size,
    push() {
      for (const onChange of followers) onChange();
    },
    store: (context: EvaluationContext, deps: Partial<StoreDeps> = {}) =>
      createFlagStore<EvaluatedFlags>({ fetch: (signal) => ask(url, context, signal), subscribe, ...deps }),
    answersFor: (context: EvaluationContext) => ask(url, context),
    async stop() {
      http.close();
      http.closeAllConnections();
      await once(http, "close");
    },
  };
  const answer = async (request: IncomingMessage) => {
    const context = (await json(request)) as EvaluationContext;
    server.asked.push(context.targetingKey);
    await held.get(String(context.targetingKey));
    return evaluated(server.flagSet, context);
  };
  const http = createServer((request, response) => {
    if (server.isDown) response.writeHead(503).end();
    else void answer(request).then((flags) => response.end(JSON.stringify(flags)));
  });
  const subscribe = (onChange: () => void) => {
    followers.add(onChange);
    return () => void followers.delete(onChange);
  };
  await once(http.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return server;
}

async function ask(url: string, context: EvaluationContext, signal?: AbortSignal): Promise<EvaluatedFlags> {
  const response = await fetch(url, { method: "POST", body: JSON.stringify(context), signal: signal ?? null });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return (await response.json()) as EvaluatedFlags;
}

function evaluated(set: FlagSet, context: EvaluationContext): EvaluatedFlags {
  const { keys, resolveAll } = compile(set);
  const answers = resolveAll(context);
  return Object.fromEntries(keys.map((key, index) => [key, wire(answers[index], set.flags[key]?.version)]));
}

function wire(answer: Resolution | undefined, version: number | undefined): EvaluatedFlag {
  const state = { enabled: answer?.value === true, user_specific: false, description: "", version };
  if (answer?.reason !== "ERROR") return { ...state, ...answer };
  return { ...state, reason: "ERROR", error_code: answer.errorCode, error_message: answer.errorMessage };
}

/** Flags of every type; `colour` has a rule for the user `matching`. */
export function document({ matching = "ann" } = {}): FlagSet {
  const on = { type: "boolean", enabled: true, variants: { on: true, off: false }, off: "off" };
  const text = { type: "string", enabled: true, variants: { warm: "red", cold: "blue" }, off: "warm" };
  const is = (value: string) => ({ attribute: "targetingKey", op: "equals", value });
  const unreadable = { attribute: "a", op: "matches", pattern: "x" };
  const parsed = parseFlagSet({
    flags: {
      chat: { ...on, otherwise: { variant: "on" }, version: 3 },
      limit: { type: "number", enabled: true, variants: { one: 12.5 }, off: "one", otherwise: { variant: "one" } },
      layout: {
        type: "json",
        enabled: true,
        variants: { wide: { columns: [1, 2], dense: null } },
        off: "wide",
        otherwise: { variant: "wide" },
      },
      killed: { ...text, enabled: false, variants: { plain: "plain" }, off: "plain", otherwise: { variant: "plain" } },
      killed_without_off: { ...on, enabled: false, off: null, otherwise: { variant: "on" } },
      killed_text: { ...text, enabled: false, off: null, otherwise: { variant: "warm" } },
      broken: {
        ...on,
        rules: [{ id: "r", when: unreadable, serve: { variant: "on" } }],
        otherwise: { variant: "on" },
      },
      colour: {
        ...text,
        rules: [{ id: matching, when: is(matching), serve: { variant: "cold" } }],
        otherwise: { variant: "warm" },
      },
      user: {
        ...text,
        variants: { a: "a", b: "b", c: "c" },
        off: "a",
        rules: [
          { id: "bob", when: is("bob"), serve: { variant: "b" } },
          { id: "cy", when: is("cy"), serve: { variant: "c" } },
        ],
        otherwise: { variant: "a" },
      },
    },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.flagSet;
}
