import { randomBytes, randomUUID } from "node:crypto";
import type { Logger } from "@beq/telemetry";
import { hashPassword } from "better-auth/crypto";
import { and, desc, eq, gt, like, sql } from "drizzle-orm";
import { z } from "zod";
import { Failure } from "../failure.ts";
import { type Database, query, type Store } from "../store/open.ts";
import { user, verification } from "../store/people.ts";
import { digestOf } from "./headers.ts";
import { addAccount, lockAccounts } from "./people.ts";
import { type Invitation, InvitationAsked, type Joined } from "./schema.ts";

export type Invitations = {
  /** `token` is shown here and never again; it lets one person in, once, within a week. */
  invite(asked: InvitationAsked, by: { id: string; name: string }): Promise<Invitation & { token: string }>;
  /** Makes the invited person's account. */
  join(joined: Joined): Promise<{ email: string }>;
  /** Those that wait, newest first. */
  list(): Promise<Invitation[]>;
  withdraw(id: string): Promise<void>;
};

// The library's table of things to be proven; the name tells ours, and holds the token's digest.
const prefix = "invitation:";
const nameOf = (token: string) => `${prefix}${digestOf(token)}`;
const waiting = and(like(verification.identifier, `${prefix}%`), gt(verification.expiresAt, sql`now()`));

const Asked = InvitationAsked.extend({ invited_by: z.string() });

export function createInvitations({
  store: { db },
  logger,
}: {
  store: Pick<Store, "db">;
  logger: Pick<Logger, "info">;
}): Invitations {
  return {
    async invite(asked, by) {
      const token = randomBytes(24).toString("base64url");
      const value = JSON.stringify({ ...asked, invited_by: by.name } satisfies z.infer<typeof Asked>);
      const expiresAt = sql`now() + interval '7 days'`;
      const [row] = await query(async () => {
        await refuseKnown(db, asked.email);
        return db
          .insert(verification)
          .values({ id: randomUUID(), identifier: nameOf(token), value, expiresAt })
          .returning();
      });
      if (!row) throw new Error("The invitation could not be kept");
      logger.info("Somebody was invited", { invitation_id: row.id, role: asked.role, by: by.id });
      return { ...wire(row), token };
    },

    async join({ token, password }) {
      const named = and(eq(verification.identifier, nameOf(token)), waiting);
      const [found] = await query(() => db.select().from(verification).where(named));
      if (!found) throw unknown();

      const made = await hashPassword(password);
      const { email, name, role } = Asked.parse(JSON.parse(found.value));
      await query(() =>
        db.transaction(async (transaction) => {
          await lockAccounts(transaction);
          const taken = await transaction.delete(verification).where(named).returning({ id: verification.id });
          if (taken.length === 0) throw unknown();
          await refuseKnown(transaction, email);
          await addAccount(transaction, { name, email, role, password: made });
        }),
      );
      logger.info("An invited member joined", { invitation_id: found.id, role });
      return { email };
    },

    list: async () =>
      (await query(() => db.select().from(verification).where(waiting).orderBy(desc(verification.createdAt)))).map(
        wire,
      ),

    async withdraw(id) {
      const gone = await query(() =>
        db
          .delete(verification)
          .where(and(eq(verification.id, id), like(verification.identifier, `${prefix}%`)))
          .returning({ id: verification.id }),
      );
      if (gone.length === 0) throw new Failure("missing", "There is no such invitation");
    },
  };
}

async function refuseKnown(db: Database, email: string): Promise<void> {
  const [member] = await db.select({ id: user.id }).from(user).where(eq(user.email, email));
  if (member) throw new Failure("conflict", "Somebody with this address has an account already");
}

function unknown(): Failure {
  return new Failure("missing", "This invitation is not known: it was used, withdrawn, or is older than a week");
}

function wire({ id, value, expiresAt }: typeof verification.$inferSelect): Invitation {
  return { id, expires_at: expiresAt.toISOString(), ...Asked.parse(JSON.parse(value)) };
}
