import { drizzle } from "drizzle-orm/node-postgres";
import { Pool, type PoolClient } from "pg";

/** A pool of connections to PostgreSQL, and queries over it, that outlive a server that goes and comes back. */
export function openPool(connectionString: string, onError: (error: Error) => void) {
  const pool = new Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    // A process that is cut off must not keep others from what it locked.
    idle_in_transaction_session_timeout: 60_000,
  });
  // An idle connection that breaks is replaced at the next query; unheard, its error would end the process.
  pool.on("error", onError);
  // One that breaks while it is in use says so itself, too; there the query that waits for it fails.
  pool.on("connect", (client) => client.on("error", () => {}));

  const db = drizzle(pool);
  // Drizzle's own never gives a connection back on which `begin` fails: ten such and the pool is empty for good.
  const transaction: typeof db.transaction = async (run, config) => {
    const client: PoolClient = await pool.connect();
    try {
      return await drizzle(client).transaction(run, config);
    } finally {
      client.release();
    }
  };
  return { pool, db: Object.assign(db, { transaction }) };
}
