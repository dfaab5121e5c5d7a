import type { Logger } from "@beq/telemetry";
import { and, desc, eq, isNull, lt, or, sql } from "drizzle-orm";
import { Failure } from "../failure.ts";
import { query, type Store } from "../store/open.ts";
import { apikey } from "../store/people.ts";
import type { Auth, KeyKind } from "./auth.ts";
import type { Key, KeyAsked } from "./schema.ts";
import type { Revoked, Verification } from "./verified.ts";

export type KeysDeps = {
  store: Pick<Store, "db" | "announce">;
  auth: Auth;
  /** Takes effect in this process, before others have heard. */
  forget: (revoked: Revoked) => void;
  logger: Pick<Logger, "info">;
};

type By = { kind: "member" | "key"; id: string; name: string };

export type Keys = {
  /** Newest first, without the keys themselves. */
  list(): Promise<Key[]>;
  /** `key` is shown here and never again. */
  create(asked: KeyAsked, by: By): Promise<Key & { key: string }>;
  revoke(id: string, by: By): Promise<void>;
};

// A bucket holds what comes in five seconds: a page that opens, or a service that starts, asks for much at once.
const burstSeconds = 5;

const columns = {
  id: apikey.id,
  kind: apikey.configId,
  name: apikey.name,
  start: apikey.start,
  createdAt: apikey.createdAt,
  expiresAt: apikey.expiresAt,
  lastUsedAt: apikey.lastRequest,
  limited: apikey.rateLimitEnabled,
  perSecond: apikey.rateLimitMax,
  metadata: apikey.metadata,
};

/** The keys of programs, in the library's table. */
export function createKeys({ store, auth, forget, logger }: KeysDeps): Keys {
  const { db } = store;
  const find = async (id: string) => {
    const [row] = await query(() => db.select(columns).from(apikey).where(eq(apikey.id, id)));
    return row && wire(row);
  };

  // A key that was made with a key is its maker's, too: where two have to agree, one person must not be both.
  const personOf = async ({ kind, id }: By) => {
    if (kind === "member") return id;
    const [row] = await query(() => db.select({ maker: apikey.referenceId }).from(apikey).where(eq(apikey.id, id)));
    return row?.maker ?? id;
  };

  return {
    list: async () => (await query(() => db.select(columns).from(apikey).orderBy(desc(apikey.createdAt)))).map(wire),

    async create({ kind, name, expires_in_days: days, requests_per_second: perSecond }, by) {
      const person = await personOf(by);
      const { id, key } = await query(() =>
        auth.api.createApiKey({
          body: {
            configId: kind,
            name,
            userId: person,
            metadata: { created_by: by.name },
            expiresIn: days === null ? null : days * 24 * 60 * 60,
            rateLimitEnabled: perSecond !== null,
            rateLimitTimeWindow: 1_000,
            ...(perSecond !== null && { rateLimitMax: perSecond }),
          },
        }),
      );
      logger.info("API key created", { key_id: id, kind, by: by.id });
      const row = await find(id);
      if (!row) throw new Error("The created key is not there");
      return { ...row, key };
    },

    async revoke(id, by) {
      const revoked = { keys: [id] };
      const gone = await query(() =>
        db.transaction(async (transaction) => {
          const rows = await transaction.delete(apikey).where(eq(apikey.id, id)).returning({ id: apikey.id });
          if (rows.length > 0) await store.announce(transaction, "access", revoked);
          return rows.length > 0;
        }),
      );
      if (!gone) throw new Failure("missing", "There is no such key");

      forget(revoked);
      logger.info("API key revoked", { key_id: id, by: by.id });
    },
  };
}

const actorKind = { client: "client_key", server: "server_key", admin: "admin_key" } as const;

/** Asks the database for the key with that digest. The database's clock decides whether it has expired. */
export async function verifyKey(db: Store["db"], digest: string): Promise<Verification | undefined> {
  const remaining = sql<number | null>`(extract(epoch from ${apikey.expiresAt} - now()) * 1000)::float8`;
  const [row] = await query(() =>
    db
      .select({ ...columns, remaining })
      .from(apikey)
      .where(and(eq(apikey.key, digest), eq(apikey.enabled, true))),
  );
  if (!row || (row.remaining !== null && row.remaining <= 0)) return undefined;

  const { id, kind, name, limited, perSecond, remaining: remainingMilliseconds } = row;
  void noteUse(db, id);
  return {
    actor: { kind: actorKind[kindOf(kind)], id, name: name ?? "" },
    rate: limited && perSecond ? { perSecond, burst: perSecond * burstSeconds } : undefined,
    remainingMilliseconds: remainingMilliseconds ?? undefined,
  };
}

/** Once a minute at most, and nobody waits for it; a time that is lost with the database is told by the next. */
async function noteUse(db: Store["db"], id: string): Promise<void> {
  const old = or(isNull(apikey.lastRequest), lt(apikey.lastRequest, sql`now() - interval '1 minute'`));
  try {
    await db
      .update(apikey)
      .set({ lastRequest: sql`now()` })
      .where(and(eq(apikey.id, id), old));
  } catch {
    // The key was good all the same.
  }
}

type Row = Pick<typeof apikey.$inferSelect, "id" | "name" | "start" | "createdAt" | "expiresAt" | "metadata"> & {
  kind: string;
  lastUsedAt: Date | null;
  limited: boolean | null;
  perSecond: number | null;
};

function wire({ id, kind, name, start, createdAt, expiresAt, lastUsedAt, limited, perSecond, metadata }: Row): Key {
  return {
    id,
    kind: kindOf(kind),
    name: name ?? "",
    start: start ?? "",
    created_at: createdAt.toISOString(),
    created_by: creatorIn(metadata),
    expires_at: expiresAt?.toISOString() ?? null,
    last_used_at: lastUsedAt?.toISOString() ?? null,
    requests_per_second: limited ? perSecond : null,
  };
}

function kindOf(configuration: string): KeyKind {
  return configuration === "admin" || configuration === "server" ? configuration : "client";
}

function creatorIn(metadata: string | null): string {
  const { created_by: name }: { created_by?: unknown } = JSON.parse(metadata ?? "{}") ?? {};
  return typeof name === "string" ? name : "";
}
