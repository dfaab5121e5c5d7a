import { eq } from "drizzle-orm";
import type { Author } from "../flags/wire.ts";
import { settings } from "../store/managed.ts";
import { type Database, query } from "../store/open.ts";
import { FourEyes } from "./schema.ts";

export type Settings = {
  fourEyes(): Promise<FourEyes>;
  setFourEyes(on: boolean, author: Author, at: Date): Promise<FourEyes>;
};

const name = "four_eyes";
const changesKept = 100;
const off: FourEyes = { on: false, changes: [] };

export function createSettings(db: Database): Settings {
  const rows = (from: Database) => from.select().from(settings).where(eq(settings.name, name));

  return {
    fourEyes: () => query(async () => valueOf(await rows(db))),
    setFourEyes: (on, author, at) =>
      query(() =>
        db.transaction(async (transaction) => {
          // Made if it is not there yet, so that two who switch at once wait for each other.
          await transaction.insert(settings).values({ name, value: off }).onConflictDoNothing();
          const { on: before, changes } = valueOf(await rows(transaction).for("update"));
          if (before === on) return { on, changes };

          const value = { on, changes: [{ on, author, at: at.toISOString() }, ...changes].slice(0, changesKept) };
          await transaction.update(settings).set({ value }).where(eq(settings.name, name));
          return value;
        }),
      ),
  };
}

function valueOf([row]: readonly { value: unknown }[]): FourEyes {
  return row ? FourEyes.parse(row.value) : off;
}
