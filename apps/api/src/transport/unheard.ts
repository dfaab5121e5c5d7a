import type { IncomingHttpHeaders } from "node:http";
import type { Actor } from "../access/actor.ts";
import type { Store } from "../store/open.ts";
import type { Credential } from "./room.ts";
import type { Streams } from "./streams.ts";

export type UnheardDeps = {
  store: Pick<Store, "listen">;
  streams: readonly Pick<Streams, "dismiss">[];
  /** Those of these keys that still open something. */
  alive: (keyIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Who a cookie stands for by now. */
  resolve: (headers: IncomingHttpHeaders) => Promise<Actor>;
  /** Calls back after a time, and returns what stops that. */
  timer: (milliseconds: number, fn: () => void) => () => void;
};

const lookMilliseconds = 60_000;

/**
 * Ends the streams of credentials of whose end nobody told: that have expired, or were taken back while this process
 * could not hear. Looks each minute, and at once when it hears again.
 * @returns a function that stops that
 */
export function dismissUnheard(deps: UnheardDeps): () => void {
  let stopTimer = () => {};
  // A database that is away says nothing of anybody: they stay, and the next look tells.
  const look = () => void lookOnce(deps).catch(() => undefined);
  const wait = () => {
    stopTimer = deps.timer(lookMilliseconds, () => {
      look();
      wait();
    });
  };
  wait();
  const unlisten = deps.store.listen("access", () => {}, look);
  return () => {
    unlisten();
    stopTimer();
  };
}

async function lookOnce({ streams, alive, resolve }: UnheardDeps): Promise<void> {
  const { keys, sessions } = present(streams);
  const found = keys.size > 0 ? await alive([...keys]) : keys;
  const over = new Set<string | undefined>();
  // One after the other: nobody waits for it, and requests go first.
  for (const [cookie, headers] of sessions) if ((await resolve(headers)).kind !== "member") over.add(cookie);

  const isGone = ({ kind, id }: Credential, { cookie }: IncomingHttpHeaders) => {
    if (kind === "member") return over.has(cookie);
    // Who came while we looked was not looked for.
    return id !== undefined && keys.has(id) && !found.has(id);
  };
  for (const each of streams) each.dismiss(isGone);
}

/** The keys and the cookies with which streams are open now. */
function present(streams: UnheardDeps["streams"]) {
  const keys = new Set<string>();
  const sessions = new Map<string | undefined, IncomingHttpHeaders>();
  const note = ({ kind, id }: Credential, headers: IncomingHttpHeaders): boolean => {
    if (kind === "member") sessions.set(headers.cookie, headers);
    else if (id !== undefined) keys.add(id);
    return false;
  };
  for (const each of streams) each.dismiss(note);
  return { keys, sessions };
}
