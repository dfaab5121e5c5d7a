import type { IncomingHttpHeaders } from "node:http";
import { type Actor, anonymous } from "./actor.ts";
import { type Credential, credentialIn, digestOf, isDirect } from "./headers.ts";
import type { Verified } from "./verified.ts";

export type IdentifyDeps = {
  verified: Pick<Verified, "peek" | "resolve">;
  /** Whoever sits at this machine is let in without credentials. */
  open: boolean;
  /** The key that the environment names; it has no limit. */
  serverKey: string | undefined;
  sessionCookie: string;
};

/** Who is asking, at every door. Each request asks once: a key's requests are counted here. */
export type Identify = {
  /**
   * The actor that these headers stand for, or undefined where the database must be asked: then `resolve`.
   * @throws {Failure} `limited`
   */
  peek(headers: IncomingHttpHeaders): Actor | undefined;
  /** @throws {Failure} `limited`, and `unavailable` for a credential never seen while the database is away */
  resolve(headers: IncomingHttpHeaders): Promise<Actor>;
};

export function createIdentify({ verified, open, serverKey, sessionCookie }: IdentifyDeps): Identify {
  const environmentKey = serverKey && digestOf(serverKey);
  const nobody = (headers: IncomingHttpHeaders): Actor => (open && isDirect(headers) ? { kind: "local" } : anonymous);

  // What needs no database.
  const atOnce = ({ kind, text, digest }: Credential): Actor | undefined => {
    if (kind === "session") return undefined;
    if (digest === environmentKey) return { kind: "server_key", id: "env", name: "SERVER_KEY" };
    return text.startsWith("beq_") ? undefined : anonymous;
  };

  // A key that is wrong makes nobody, in open mode too: its sender believes in an account that does not exist here. A
  // cookie is what a browser has left over from another day.
  const presented = (actor: Actor | null, { kind }: Credential, headers: IncomingHttpHeaders): Actor => {
    if (!actor) return kind === "key" ? anonymous : nobody(headers);
    return actor.kind === "member" && open && isDirect(headers) ? { ...actor, local: true } : actor;
  };

  return {
    peek(headers) {
      const credential = credentialIn(headers, sessionCookie);
      if (!credential) return nobody(headers);
      const actor = atOnce(credential) ?? verified.peek(credential);
      return actor === undefined ? undefined : presented(actor, credential, headers);
    },
    async resolve(headers) {
      const credential = credentialIn(headers, sessionCookie);
      if (!credential) return nobody(headers);
      return presented(atOnce(credential) ?? (await verified.resolve(credential)), credential, headers);
    },
  };
}
