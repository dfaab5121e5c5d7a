import type { Actor } from "../../access/actor.ts";
import type { Visit } from "../plain.ts";
import { type Credential, credentialOf, type Room } from "../room.ts";
import type { Streams } from "../streams.ts";
import { shared } from "./cors.ts";
import { greeting } from "./events.ts";
import { unauthenticated } from "./failure.ts";
import { events } from "./paths.ts";
import type { Tokens } from "./token.ts";

type Arrival = { visit: Visit; actor: Actor; query: URLSearchParams; refused: (error: unknown) => void };

/** Opens the event stream to whoever may have it. */
export type Listening = (arrival: Arrival) => void;

export type ListeningDeps = {
  streams: Streams;
  room: Room;
  tokens: Tokens;
  /** Whether the key of that id still opens something. */
  isAlive: (keyId: string) => Promise<boolean>;
};

export function createListening({ streams, room, tokens, isAlive }: ListeningDeps): Listening {
  const seat = (visit: Visit, credential: Credential) => {
    const told = room.news(null);
    const lastEventId = visit.request.headers["last-event-id"];
    const first = greeting(told, typeof lastEventId === "string" ? lastEventId : undefined);
    streams.open(visit, { room, about: null, credential, told }, first, shared);
  };

  return ({ visit, actor, query, refused }) => {
    const token = query.get("token");
    if (mayListen(actor)) return seat(visit, credentialOf(actor));

    const keyId = token === null ? undefined : tokens.keyIn(token);
    if (keyId === undefined) return refused(unauthenticated());
    const arrived = (isGood: boolean) =>
      isGood ? seat(visit, { kind: "client_key", id: keyId }) : refused(unauthenticated());
    isAlive(keyId).then(arrived).catch(refused);
  };
}

function mayListen({ kind }: Actor): boolean {
  return kind !== "anonymous" && kind !== "admin_key";
}

/** Where an actor's client is to listen, as the member `eventStreams` of an answer. */
export function createEventStreams(tokens: Pick<Tokens, "of">): (actor: Actor) => string {
  return (actor) => {
    const isKey = actor.kind === "client_key" || actor.kind === "server_key";
    // A person at this machine, or one with a cookie, is known to the stream without a token.
    const requestUri = isKey ? `${events}?token=${tokens.of(actor.id)}` : events;
    return JSON.stringify([{ type: "sse", endpoint: { requestUri }, inactivityDelaySec: inactivitySeconds }]);
  };
}

// How long a page that nobody looks at keeps its connection; the protocol's own default.
const inactivitySeconds = 120;
