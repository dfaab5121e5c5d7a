import { and, desc, eq, lte } from "drizzle-orm";
import { Failure } from "../failure.ts";
import { type Database, query } from "../store/open.ts";
import { schedules } from "../store/schema.ts";
import { StoredWeek } from "./stored.ts";

/** One version of a person's week. */
export type Version = { version: number; week: StoredWeek; updatedAt: Date };

export type ScheduleStore = {
  /** The version in force, if the user has a plan. */
  latest(userId: string): Promise<Version | undefined>;
  /** An earlier version, if it is one of the last 50. */
  at(userId: string, version: number): Promise<Version | undefined>;
  /** What there is to go back to, newest first. */
  versions(userId: string): Promise<{ version: number; operation: string; createdAt: Date }[]>;
  /**
   * Stores the version after `base` (0 for the first).
   * @throws {Failure} `conflict` when somebody else stored that version in the meantime
   */
  save(userId: string, base: number, operation: string, week: StoredWeek, at: number): Promise<Version>;
  /** Says more of a version that is stored; what it plans stays what it was. */
  amend(userId: string, version: number, week: StoredWeek): Promise<void>;
};

const versionsKept = 50;

export function createScheduleStore(db: Database): ScheduleStore {
  return {
    latest: (userId) =>
      query(async () => {
        const [row] = await db
          .select()
          .from(schedules)
          .where(eq(schedules.userId, userId))
          .orderBy(desc(schedules.version))
          .limit(1);
        return row && { version: row.version, week: StoredWeek.parse(row.document), updatedAt: row.createdAt };
      }),

    at: (userId, version) =>
      query(async () => {
        const [row] = await db
          .select()
          .from(schedules)
          .where(and(eq(schedules.userId, userId), eq(schedules.version, version)));
        return row && { version, week: StoredWeek.parse(row.document), updatedAt: row.createdAt };
      }),

    versions: (userId) =>
      query(() =>
        db
          .select({ version: schedules.version, operation: schedules.operation, createdAt: schedules.createdAt })
          .from(schedules)
          .where(eq(schedules.userId, userId))
          .orderBy(desc(schedules.version)),
      ),

    save: (userId, base, operation, week, at) =>
      query(async () => {
        const row = { userId, version: base + 1, operation, createdAt: new Date(at), document: week };
        await db.transaction(async (transaction) => {
          const stored = await transaction
            .insert(schedules)
            .values(row)
            .onConflictDoNothing()
            .returning({ version: schedules.version });
          if (stored.length === 0) throw new Failure("conflict", "The schedule was changed in the meantime");
          await transaction
            .delete(schedules)
            .where(and(eq(schedules.userId, userId), lte(schedules.version, row.version - versionsKept)));
        });
        return { version: row.version, week, updatedAt: row.createdAt };
      }),

    amend: (userId, version, week) =>
      query(async () => {
        await db
          .update(schedules)
          .set({ document: week })
          .where(and(eq(schedules.userId, userId), eq(schedules.version, version)));
      }),
  };
}
