import { randomUUID } from "node:crypto";
import type { Logger } from "@beq/telemetry";
import { asc, count, eq, sql } from "drizzle-orm";
import { hashPassword } from "better-auth/crypto";
import { Failure } from "../failure.ts";
import { type Database, query, type Store } from "../store/open.ts";
import { account, user } from "../store/people.ts";
import { type Role, roleIn, sameSecret } from "./actor.ts";
import type { Member, SetUp } from "./schema.ts";
import type { Revoked } from "./verified.ts";

export type PeopleDeps = {
  store: Pick<Store, "db" | "announce">;
  /** What the first account asks for where its maker does not sit at this machine. */
  code: string;
  /** Takes effect in this process, before others have heard. */
  forget: (revoked: Revoked) => void;
  logger: Pick<Logger, "info">;
};

type By = { id: string };

export type People = {
  /** Whether anybody has an account. */
  exist(): Promise<boolean>;
  /** Makes the first account, an admin's, and never a second one. */
  setUp(asked: SetUp, direct: boolean): Promise<void>;
  list(): Promise<Member[]>;
  setRole(id: string, role: Role, by: By): Promise<void>;
  /** Takes away the account and its sessions; what the person did stays. */
  remove(id: string, by: By): Promise<void>;
};

export function createPeople({ store, code, forget, logger }: PeopleDeps): People {
  const { db } = store;
  // There is no way back: the last admin stays.
  let known = false;

  async function exist(): Promise<boolean> {
    known ||= (await query(() => db.select({ id: user.id }).from(user).limit(1))).length > 0;
    return known;
  }

  /** Changes one account, unless that leaves nobody who is an admin. */
  async function change(id: string, write: (transaction: Database) => Promise<unknown>): Promise<void> {
    const revoked = { members: [id] };
    await query(() =>
      db.transaction(async (transaction) => {
        await lockAccounts(transaction);
        const [row] = await transaction.select({ id: user.id }).from(user).where(eq(user.id, id));
        if (!row) throw new Failure("missing", "There is no such member");
        await write(transaction);
        const [admins] = await transaction.select({ count: count() }).from(user).where(eq(user.role, "admin"));
        if (!admins?.count) throw new Failure("conflict", "Somebody has to stay an admin");
        await store.announce(transaction, "access", revoked);
      }),
    );
    forget(revoked);
  }

  return {
    exist,

    async setUp({ name, email, password, token }, direct) {
      if (await exist()) throw new Failure("conflict", "There is an account already: sign in, or ask to be invited");
      if (!direct && !sameSecret(token ?? "", code))
        throw new Failure("forbidden", "The set-up code is missing or wrong: it is in the log of the API");

      const made = await hashPassword(password);
      await query(() =>
        db.transaction(async (transaction) => {
          await lockAccounts(transaction);
          const [other] = await transaction.select({ id: user.id }).from(user).limit(1);
          if (other) throw new Failure("conflict", "There is an account already: sign in, or ask to be invited");
          await addAccount(transaction, { name, email, role: "admin", password: made });
        }),
      );
      logger.info("The first account was made");
    },

    list: async () => (await query(() => db.select().from(user).orderBy(asc(user.createdAt)))).map(wire),

    async setRole(id, role, by) {
      await change(id, (transaction) => transaction.update(user).set({ role }).where(eq(user.id, id)));
      logger.info("A member's role was changed", { member_id: id, role, by: by.id });
    },

    async remove(id, by) {
      await change(id, (transaction) => transaction.delete(user).where(eq(user.id, id)));
      logger.info("A member was removed", { member_id: id, by: by.id });
    },
  };
}

/** Who makes, changes or removes accounts does so alone, in all processes, until the transaction ends. */
export async function lockAccounts(transaction: Database): Promise<void> {
  await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended('beq:accounts', 0))`);
}

/** `password` is a hash. The two rows are those of the library's own sign-up. */
export async function addAccount(
  transaction: Database,
  { name, email, role, password }: { name: string; email: string; role: Role; password: string },
): Promise<void> {
  const id = randomUUID();
  await transaction.insert(user).values({ id, name, email, role });
  await transaction
    .insert(account)
    .values({ id: randomUUID(), accountId: id, providerId: "credential", userId: id, password });
}

function wire({ id, name, email, role, createdAt }: typeof user.$inferSelect): Member {
  return { id, name, email, role: roleIn(role), created_at: createdAt.toISOString() };
}
