import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import type { Store } from "../store/open.ts";
import type { Peek } from "./doors.ts";
import type { Credential } from "./room.ts";
import type { Streams } from "./streams.ts";

const Ids = z.array(z.string()).default([]);
const Revoked = z.object({ keys: Ids, members: Ids, sessions: Ids });

export type DismissDeps = {
  store: Pick<Store, "listen">;
  streams: readonly Pick<Streams, "dismiss">[];
  peek: Peek;
};

/**
 * Ends the streams of credentials that were taken back, as soon as this process hears of it.
 * @returns a function that stops that
 */
export function dismissRevoked({ store, streams, peek }: DismissDeps): () => void {
  return store.listen("access", (payload) => {
    const heard = Revoked.safeParse(payload);
    if (!heard.success) return;
    const { keys, members, sessions } = heard.data;
    const gone = new Set([...keys, ...members]);
    const isGone = ({ id, kind }: Credential, headers: IncomingHttpHeaders) => {
      if (id !== undefined && gone.has(id)) return true;
      // Which session a stream came with is known by asking again: the one that ended is not known at once any more.
      return kind === "member" && sessions.length > 0 && peek(headers)?.kind !== "member";
    };
    for (const each of streams) each.dismiss(isGone);
  });
}
