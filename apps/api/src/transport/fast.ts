import type { IncomingHttpHeaders } from "node:http";
import type { Telemetry } from "@beq/telemetry";
import { z } from "zod";
import { type Actor, mayActFor, mayAskFor } from "../access/actor.ts";
import { Failure } from "../failure.ts";
import { AboutUser } from "../procedure.ts";
import type { Door, Peek } from "./doors.ts";
import { connected, type FeatureTexts } from "./features.ts";
import { jsonType, type Plain, type Visit } from "./plain.ts";
import { credentialOf, type Room, type Streams } from "./streams.ts";

export type FastDeps = {
  plain: Plain;
  texts: FeatureTexts;
  telemetry: Pick<Telemetry, "record">;
  /** Undefined where it is not known at once who asks. */
  peek: Peek;
  resolve: (headers: IncomingHttpHeaders) => Promise<Actor>;
  /** Whether a tester's token is among the headers, for which only the procedure answers. */
  isForced: (headers: IncomingHttpHeaders) => boolean;
  streams: Streams;
  room: Room;
};

type Ask = { userId: string | null; isBatch: boolean };

const rest = "/api/v1/features/status";
const rpc = "/trpc/features.status";
const live = "/trpc/features.onChange";
const rpcType = ["Content-Type", "application/json", "Vary", "trpc-accept, accept"];

/**
 * The two questions about features that every client asks all the time, past Express and tRPC. What is unusual in any
 * way, refusals included, is left to the procedures: their answers are the ones that these equal.
 */
export function createFast(deps: FastDeps): Door {
  const { plain, texts, telemetry, streams, room } = deps;

  const answered = (visit: Visit, actor: Actor, { userId }: Ask) => {
    const seconds = (performance.now() - visit.startedAt) / 1000;
    const who = userId === null ? {} : { user_id: userId, vouched: mayActFor(actor, userId) };
    telemetry.record({ operation: "features.status", outcome: "success", quiet: true, seconds, ...who });
  };

  const follow = (visit: Visit, actor: Actor, { userId }: Ask) => {
    const told = texts.features(userId);
    const reader = { room, about: userId, credential: credentialOf(actor), told };
    streams.open(visit, reader, connected + room.frame(told, userId));
  };

  return (request, response, { path, query }, leave) => {
    if (request.method !== "GET" || (path !== rest && path !== rpc && path !== live)) return false;
    const { headers } = request;
    if (deps.isForced(headers)) return false;
    const ask = path === rest ? fromQuery(query) : fromInput(query, path === rpc, headers);
    if (!ask) return false;

    const actor = peeked(deps.peek, headers);
    if (path === live && !actor) {
      // A stream is worth waiting for: it is held for hours, and there is no better place for it.
      const found = (who: Actor) => (mayAsk(who, ask) ? follow(plain.visit(request, response, path), who, ask) : leave());
      deps.resolve(headers).then(found, leave);
      return true;
    }
    if (!actor || !mayAsk(actor, ask)) return false;

    const visit = plain.visit(request, response, path);
    if (path === live) {
      follow(visit, actor, ask);
      return true;
    }
    const text = texts.status(ask.userId);
    if (path === rest) plain.answer(visit, 200, jsonType, text);
    else plain.answer(visit, 200, rpcType, ask.isBatch ? `[${enveloped(text)}]` : enveloped(text));
    answered(visit, actor, ask);
    return true;
  };
}

/** Undefined also for who has no request left: the procedure's door says so. */
function peeked(peek: Peek, headers: IncomingHttpHeaders): Actor | undefined {
  try {
    return peek(headers);
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

function enveloped(text: string): string {
  return `{"result":{"data":${text}}}`;
}

function mayAsk(actor: Actor, { userId }: Ask): boolean {
  return actor.kind !== "anonymous" && (userId === null || mayAskFor(actor, userId));
}

/** The user in the query of the REST route; undefined for anything but that one parameter. */
function fromQuery(query: string): Ask | undefined {
  if (query === "") return { userId: null, isBatch: false };
  const parameters = new URLSearchParams(query);
  const userId = parameters.get("user_id");
  if (userId === null || parameters.size !== 1) return undefined;
  return asked({ user_id: userId }, false);
}

/** The user in a call by tRPC's client: alone, or as a batch of one. */
function fromInput(query: string, mayBatch: boolean, headers: IncomingHttpHeaders): Ask | undefined {
  if (headers["trpc-accept"] !== undefined) return undefined;
  const parameters = new URLSearchParams(query);
  const isBatch = parameters.get("batch") === "1";
  if (isBatch && !mayBatch) return undefined;
  if ([...parameters.keys()].some((name) => name !== "input" && name !== "batch" && name !== "lastEventId"))
    return undefined;
  const text = parameters.get("input");
  // Only the question may come without a user; the stream's input has no default.
  const input = text === null ? (mayBatch ? {} : undefined) : parsed(text);
  if (!isBatch) return asked(input, false);

  const batch = z.record(z.string(), z.unknown()).safeParse(input);
  return batch.success ? asked(batch.data["0"] ?? {}, true) : undefined;
}

const Input = AboutUser.extend({ lastEventId: z.string().max(100).nullish() });

function asked(input: unknown, isBatch: boolean): Ask | undefined {
  const { success, data } = Input.safeParse(input);
  return success ? { userId: data.user_id ?? null, isBatch } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No input of this procedure is a text, so that this is refused by the one that answers for it.
    return "";
  }
}
