import { and, asc, desc, eq, gt, inArray, lt, sql } from "drizzle-orm";
import { flagChanges, flagHead, flagHistory, flagItems } from "../store/managed.ts";
import { type Database, query, type Store } from "../store/open.ts";
import { type Document, empty, type Item, sizeOf, type State } from "./stored.ts";
import type { Author, Committed, Kind, Origin } from "./wire.ts";

/** A change that is ready to be written. */
export type Draft = Omit<Committed, "version" | "at">;

/** Called within the transaction of a change, to write what has to be written with it or not at all. */
export type Outbox = (transaction: Database, committed: Committed) => Promise<void>;

/** The turn of the one writer of all processes who may write the next version. */
export type Turn = {
  /** The version in force. */
  version: number;
  since: Journal["since"];
  load: Journal["load"];
  /** `within` is called in the same transaction, as the outbox is. */
  write(draft: Draft, within?: Outbox): Promise<Committed>;
};

export type HistoryFilter = { kind?: Kind; key?: string; before?: number; limit: number };

/** The saved flags and all their changes in the database. */
export type Journal = {
  /** Everything, as of one moment. */
  load(): Promise<State>;
  head(): Promise<number>;
  /** The changes after a version, the oldest first, at most `most`. */
  since(version: number, most: number): Promise<Committed[]>;
  /** Runs `act` while nobody else writes. What it throws leaves everything as it was. */
  commit<T>(act: (turn: Turn) => Promise<T>): Promise<T>;
  /** Changes, the newest first. */
  history(filter: HistoryFilter): Promise<Committed[]>;
  change(version: number): Promise<Committed | undefined>;
  /** Which versions took these back, by the version that was taken back; the last one where there are several. */
  undoing(versions: readonly number[]): Promise<Map<number, number>>;
};

/** The topic on which a new version is announced, as `{version}`. */
export const topic = "flags";

export function createJournal({ db, announce }: Pick<Store, "db" | "announce">, outbox?: Outbox): Journal {
  return {
    load: () => query(() => db.transaction(load, { isolationLevel: "repeatable read", accessMode: "read only" })),
    head: () => query(() => head(db)),
    since: (version, most) => query(() => since(db, version, most)),

    commit: (act) =>
      query(() =>
        db.transaction(async (transaction) => {
          const version = await lockedHead(transaction);
          return act({
            version,
            since: (from, most) => since(transaction, from, most),
            load: () => load(transaction),
            async write(draft, within) {
              const committed = await write(transaction, version, draft);
              await outbox?.(transaction, committed);
              await within?.(transaction, committed);
              await announce(transaction, topic, { version: committed.version });
              return committed;
            },
          });
        }),
      ),

    history: (filter) => query(() => history(db, filter)),

    change: (version) =>
      query(async () => {
        const [row] = await db.select().from(flagChanges).where(eq(flagChanges.version, version));
        return row && committedOf(row);
      }),

    undoing: (versions) =>
      query(async () => {
        if (versions.length === 0) return new Map<number, number>();
        const rows = await db
          .select({ version: flagChanges.version, undoes: flagChanges.undoes })
          .from(flagChanges)
          .where(inArray(flagChanges.undoes, [...versions]))
          .orderBy(asc(flagChanges.version));
        return new Map(rows.flatMap(({ version, undoes }) => (undoes === null ? [] : [[undoes, version] as const])));
      }),
  };
}

async function head(db: Database): Promise<number> {
  const [row] = await db.select().from(flagHead).where(eq(flagHead.id, 1));
  return row?.version ?? 0;
}

/** Waits until no other writer is left, in this process or another. */
async function lockedHead(transaction: Database): Promise<number> {
  const locked = () => transaction.select().from(flagHead).where(eq(flagHead.id, 1)).for("update");
  const [row] = await locked();
  if (row) return row.version;

  await transaction.insert(flagHead).values({ id: 1, version: 0 }).onConflictDoNothing();
  const [made] = await locked();
  return made?.version ?? 0;
}

async function load(db: Database): Promise<State> {
  const version = await head(db);
  const rows = await db
    .select({
      kind: flagItems.kind,
      key: flagItems.key,
      version: flagItems.version,
      document: flagItems.document,
      at: flagChanges.at,
      author: flagChanges.author,
    })
    .from(flagItems)
    .innerJoin(flagChanges, eq(flagChanges.version, flagItems.version))
    .orderBy(asc(flagItems.key));
  const births = await born(db);
  const items = { flag: new Map<string, Item>(), segment: new Map<string, Item>() };
  for (const { kind, key, author, ...row } of rows) {
    const document = row.document as Document;
    const [at, since] = [row.at, births.get(`${kind}:${key}`) ?? row.at].map((date) => date.toISOString()) as [string, string];
    items[kind as Kind].set(key, { version: row.version, document, at, since, by: author as Author, size: sizeOf(document) });
  }
  return { ...empty, version, ...items };
}

/** When each item was first saved. */
async function born(db: Database): Promise<Map<string, Date>> {
  const rows = await db
    .select({ kind: flagHistory.kind, key: flagHistory.key, at: sql<Date>`min(${flagChanges.at})`.mapWith(flagChanges.at) })
    .from(flagHistory)
    .innerJoin(flagChanges, eq(flagChanges.version, flagHistory.version))
    .groupBy(flagHistory.kind, flagHistory.key);
  return new Map(rows.map(({ kind, key, at }) => [`${kind}:${key}`, at]));
}

async function since(db: Database, version: number, most: number): Promise<Committed[]> {
  const rows = await db
    .select()
    .from(flagChanges)
    .where(gt(flagChanges.version, version))
    .orderBy(asc(flagChanges.version))
    .limit(most);
  return rows.map(committedOf);
}

async function history(db: Database, { kind, key, before, limit }: HistoryFilter): Promise<Committed[]> {
  const of = [
    ...(kind === undefined ? [] : [eq(flagHistory.kind, kind)]),
    ...(key === undefined ? [] : [eq(flagHistory.key, key)]),
  ];
  const touched = db.select({ version: flagHistory.version }).from(flagHistory).where(and(...of));
  const rows = await db
    .select()
    .from(flagChanges)
    .where(
      and(
        before === undefined ? undefined : lt(flagChanges.version, before),
        of.length === 0 ? undefined : inArray(flagChanges.version, touched),
      ),
    )
    .orderBy(desc(flagChanges.version))
    .limit(limit);
  return rows.map(committedOf);
}

async function write(transaction: Database, base: number, draft: Draft): Promise<Committed> {
  const version = base + 1;
  // Given back as the database keeps it: members in its order, so that every process has the same document.
  const [row] = await transaction
    .insert(flagChanges)
    .values({ ...draft, version, at: sql`clock_timestamp()` })
    .returning();
  if (!row) throw new Error("the change was not written");
  const committed = committedOf(row);

  await keep(transaction, committed);
  const touched = committed.edits.map(({ kind, key }) => ({ kind, key, version }));
  await transaction.insert(flagHistory).values(touched);
  await transaction.update(flagHead).set({ version }).where(eq(flagHead.id, 1));
  return committed;
}

/** Brings the items to what the change left of them. */
async function keep(transaction: Database, { version, edits }: Committed): Promise<void> {
  const saved = edits.filter(({ after }) => after !== null);
  const rows = saved.map(({ kind, key, after: document }) => ({ kind, key, version, document }));
  const replaced = { version: sql`excluded.version`, document: sql`excluded.document` };
  if (rows.length > 0)
    await transaction
      .insert(flagItems)
      .values(rows)
      .onConflictDoUpdate({ target: [flagItems.kind, flagItems.key], set: replaced });

  for (const kind of ["flag", "segment"] satisfies Kind[]) {
    const removed = edits.filter((edit) => edit.kind === kind && edit.after === null).map(({ key }) => key);
    if (removed.length > 0)
      await transaction.delete(flagItems).where(and(eq(flagItems.kind, kind), inArray(flagItems.key, removed)));
  }
}

/** A row as it was written by `write`: nobody else writes this table. */
function committedOf(row: typeof flagChanges.$inferSelect): Committed {
  return {
    version: row.version,
    at: row.at.toISOString(),
    origin: row.origin as Origin,
    author: row.author as Author,
    comment: row.comment,
    undoes: row.undoes,
    edits: row.edits as Committed["edits"],
  };
}
