import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle as drizzlePg } from "drizzle-orm/node-postgres";
import { migrate as migratePg } from "drizzle-orm/node-postgres/migrator";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as drizzleLite } from "drizzle-orm/pglite";
import { migrate as migrateLite } from "drizzle-orm/pglite/migrator";
import { Failure } from "../failure.ts";
import { type Bus, channel, createHub } from "./bus.ts";
import { openHearing } from "./hearing.ts";
import { lock } from "./lock.ts";
import { openPool } from "./pool.ts";

export type Database = PgDatabase<PgQueryResultHKT>;

/** An open database, its schema up to date. */
export type Store = Bus & {
  db: Database;
  kind: "embedded" | "postgresql";
  /** Milliseconds that the database's clock is ahead of this process's. */
  clockOffset(): number;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
};

export type StoreOptions = {
  /** `postgres://…`; without it the embedded database in `dataDirectory` is opened. */
  databaseUrl?: string | undefined;
  /** `memory` keeps the embedded database in memory only. */
  dataDirectory: string;
  /** Folder with the SQL migrations. */
  migrations: string;
  onError: (error: Error) => void;
};

/** Opens the database that the options name and brings its schema up to date. */
export async function openStore(options: StoreOptions): Promise<Store> {
  return options.databaseUrl ? openPostgres(options.databaseUrl, options) : openEmbedded(options);
}

// One process migrates at a time; the number names that job among advisory locks.
const migrationLock = 7_236_001;

async function openPostgres(connectionString: string, { migrations, onError }: StoreOptions): Promise<Store> {
  const { pool, db } = openPool(connectionString, onError);
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    await migratePg(drizzlePg(client), { migrationsFolder: migrations });
    await client.query("select pg_advisory_unlock($1)", [migrationLock]);
  } finally {
    client.release();
  }
  const hub = createHub((error) => onError(error instanceof Error ? error : new Error(String(error))));
  const hearing = await openHearing({ connectionString, hub, onError });
  return {
    ...hub,
    db,
    kind: "postgresql",
    clockOffset: hearing.offset,
    ping: () => answers(db),
    async close() {
      await hearing.close();
      await pool.end();
    },
  };
}

async function openEmbedded({ dataDirectory, migrations, onError }: StoreOptions): Promise<Store> {
  const inMemory = dataDirectory === "memory";
  const directory = resolve(dataDirectory);
  // The database's own files are readable by all, so the directory is not.
  if (!inMemory) mkdirSync(directory, { recursive: true, mode: 0o700 });
  const release = inMemory ? () => {} : await lock(directory);

  const client = await PGlite.create(inMemory ? "memory://" : join(directory, "postgres"));
  const db = drizzleLite(client);
  await migrateLite(db, { migrationsFolder: migrations });
  const hub = createHub((error) => onError(error instanceof Error ? error : new Error(String(error))));
  await client.listen(channel, hub.deliver);
  return {
    ...hub,
    db,
    kind: "embedded",
    clockOffset: () => 0,
    ping: () => answers(db),
    close: async () => {
      if (!client.closed) await client.close();
      release();
    },
  };
}

async function answers(db: Database): Promise<void> {
  await db.execute(sql`select 1`);
}

// SQLSTATE classes 08 (connection), 53 (resources), 57 (operator intervention), and what sockets say.
const unreachable = /^(08|53|57)|^E(CONN|HOST|NET|TIMEDOUT|PIPE|AI_AGAIN)|^ENOTFOUND/;

/** Runs a query; a database that is away is an `unavailable` failure, anything else stays what it is. */
export async function query<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    throw new Failure("unavailable", "The database is not reachable", { retryAfterSeconds: 5, cause: error });
  }
}

function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === "string" && unreachable.test(code)) return true;
  return (
    /Connection terminated|not queryable|timeout exceeded when trying to connect/.test(error.message) ||
    isUnreachable(error.cause)
  );
}
