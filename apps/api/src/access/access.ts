import type { IncomingHttpHeaders } from "node:http";
import type { Logger } from "@beq/telemetry";
import { z } from "zod";
import type { Store } from "../store/open.ts";
import { type Auth, createAuth } from "./auth.ts";
import { credentialIn, isFromOwnPage, isOwn, type Origins } from "./headers.ts";
import { createIdentify, type Identify } from "./identify.ts";
import { createInvitations, type Invitations } from "./invitations.ts";
import { createKeys, type Keys, verifyKey } from "./keys.ts";
import { createPeople, type People } from "./people.ts";
import { keptSecret, setUpCode } from "./secret.ts";
import { verifySession } from "./session.ts";
import { createVerified, type Revoked } from "./verified.ts";

export type AccessDeps = {
  store: Store;
  logger: Pick<Logger, "debug" | "info" | "warn" | "error">;
  config: AccessConfig;
  /** Milliseconds of a clock that only goes forward. */
  elapsed?: () => number;
};

export type AccessConfig = {
  /** Whoever sits at this machine is let in without credentials. */
  open: boolean;
  loopback: boolean;
  host: string;
  port: number;
  publicUrl: string | undefined;
  serverKey: string | undefined;
  authSecret: string | undefined;
};

/** Everything about who may. */
export type Access = Identify & {
  /** Whether a write with these headers is one that another site sent with the cookies of a person here. */
  isForged(headers: IncomingHttpHeaders): boolean;
  auth: Auth;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  /** Milliseconds of a clock that only goes forward. */
  elapsed(): number;
  /** What the first account asks for, elsewhere than in open mode. */
  code: string;
  people: People;
  invitations: Invitations;
  keys: Keys;
  close(): void;
};

const Ids = z.array(z.string()).default([]);
const Heard = z.object({ keys: Ids, sessions: Ids, members: Ids });

/** Built once in each process; what one takes back ends in all of them. */
export async function createAccess({ store, logger, config, elapsed = sinceStart }: AccessDeps): Promise<Access> {
  const { db } = store;
  const origins: Origins = { publicUrl: config.publicUrl, loopback: config.loopback };
  const secret = config.authSecret ?? (await keptSecret(db, "auth"));
  const code = setUpCode(secret);
  const forget = (revoked: Revoked) => verified.forget(revoked);
  const auth = createAuth({
    db,
    secret,
    baseUrl: baseOf(config),
    overTls: config.publicUrl?.startsWith("https:") ?? false,
    isOwn: (origin, host) => isOwn(origin, host, origins),
    async onSessionEnd(id) {
      forget({ sessions: [id] });
      await store.announce(db, "access", { sessions: [id] });
    },
    logger,
  });
  const { name: sessionCookie } = (await auth.$context).authCookies.sessionToken;
  const verified = createVerified({
    elapsed,
    verify: ({ kind, text, digest }) =>
      kind === "key" ? verifyKey(db, digest) : verifySession(auth, `${sessionCookie}=${text}`),
  });

  return {
    ...createIdentify({ verified, open: config.open, serverKey: config.serverKey, sessionCookie }),
    isForged: (headers) => credentialIn(headers, sessionCookie)?.kind === "session" && !isFromOwnPage(headers, origins),
    auth,
    ping: store.ping,
    elapsed,
    code,
    people: createPeople({ store, code, forget, logger }),
    invitations: createInvitations({ store, logger }),
    keys: createKeys({ store, auth, forget, logger }),
    close: store.listen("access", (payload) => forget(Heard.parse(payload)), verified.doubt),
  };
}

function baseOf({ publicUrl, host, port }: AccessConfig): string {
  if (publicUrl) return new URL(publicUrl).origin;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function sinceStart(): number {
  return performance.now();
}
