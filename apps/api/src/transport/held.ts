import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import type { Actor } from "../access/actor.ts";
import { Failure } from "../failure.ts";
import { type Credential, credentialOf } from "./room.ts";

/** Answers that go on, of procedures that stream: kept so that they end with the credential they were opened with. */
export type Held = {
  /** @throws {Failure} `unavailable` when too many go on already */
  hold(response: ServerResponse, actor: Actor, headers: IncomingHttpHeaders): void;
  dismiss(isGone: (credential: Credential, headers: IncomingHttpHeaders) => boolean): void;
};

/** @param most how many may go on at a time */
export function createHeld(most: number): Held {
  const held = new Map<ServerResponse, { credential: Credential; headers: IncomingHttpHeaders }>();
  return {
    hold(response, actor, headers) {
      if (held.size >= most) throw new Failure("unavailable", "Too many streams are open", { retryAfterSeconds: 5 });
      held.set(response, { credential: credentialOf(actor), headers });
      response.once("close", () => held.delete(response));
    },
    dismiss(isGone) {
      // Cut, not ended: to tRPC's client an end in form means that there is nothing more to come.
      for (const [response, { credential, headers }] of held) if (isGone(credential, headers)) response.destroy();
    },
  };
}
