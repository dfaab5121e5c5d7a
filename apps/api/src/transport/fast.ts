import type { IncomingHttpHeaders } from "node:http";
import type { Telemetry } from "@beq/telemetry";
import { type Actor, mayActFor, mayAskFor } from "../access/actor.ts";
import { Failure } from "../failure.ts";
import { type Ask, forms, fromInput, fromQuery } from "./ask.ts";
import type { Door, Peek } from "./doors.ts";
import { connected, type FeatureTexts } from "./features.ts";
import { jsonType, type Plain, type Visit } from "./plain.ts";
import { credentialOf, type Room } from "./room.ts";
import type { Streams } from "./streams.ts";

export type FastDeps = {
  plain: Plain;
  texts: FeatureTexts;
  telemetry: Pick<Telemetry, "record">;
  /** Undefined where it is not known at once who asks. */
  peek: Peek;
  resolve: (headers: IncomingHttpHeaders) => Promise<Actor>;
  /** Remembers a context for previews. */
  note: (context: { targetingKey: string }) => void;
  /** Whether a tester's token is among the headers, for which only the procedure answers. */
  isForced: (headers: IncomingHttpHeaders) => boolean;
  streams: Streams;
  room: Room;
};

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
    if (userId !== null) deps.note({ targetingKey: userId });
    const seconds = (performance.now() - visit.startedAt) / 1000;
    const who = userId === null ? {} : { user_id: userId, vouched: mayActFor(actor, userId) };
    telemetry.record({ operation: "features.status", outcome: "success", quiet: true, seconds, ...who });
  };

  const follow = (visit: Visit, actor: Actor, { userId }: Ask) => {
    const told = texts.features(userId);
    if (userId !== null) deps.note({ targetingKey: userId });
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
      const found = (who: Actor) =>
        mayAsk(who, ask) ? follow(plain.visit(request, response, path), who, ask) : leave();
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
    else plain.answer(visit, 200, rpcType, forms[ask.form](text));
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

function mayAsk(actor: Actor, { userId }: Ask): boolean {
  return actor.kind !== "anonymous" && (userId === null || mayAskFor(actor, userId));
}
