import { and, asc, desc, eq, gt, inArray, lt, sql } from "drizzle-orm";
import { flagChanges, flagHead, flagHistory, flagItems } from "../store/managed.ts";
import type { Database } from "../store/open.ts";
import type { HistoryFilter } from "./journal.ts";
import { type Document, empty, type Item, sizeOf, type State } from "./stored.ts";
import type { Author, Committed, Kind, Origin } from "./wire.ts";

export async function headOf(db: Database): Promise<number> {
  const [row] = await db.select().from(flagHead).where(eq(flagHead.id, 1));
  return row?.version ?? 0;
}

export async function loadFrom(db: Database): Promise<State> {
  const version = await headOf(db);
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
    const by = author as Author;
    const at = row.at.toISOString();
    const since = births.get(`${kind}:${key}`)?.toISOString() ?? at;
    items[kind as Kind].set(key, { version: row.version, document, at, since, by, size: sizeOf(document) });
  }
  return { ...empty, version, ...items };
}

/** When each item was first saved. */
async function born(db: Database): Promise<Map<string, Date>> {
  const rows = await db
    .select({
      kind: flagHistory.kind,
      key: flagHistory.key,
      at: sql<Date>`min(${flagChanges.at})`.mapWith(flagChanges.at),
    })
    .from(flagHistory)
    .innerJoin(flagChanges, eq(flagChanges.version, flagHistory.version))
    .groupBy(flagHistory.kind, flagHistory.key);
  return new Map(rows.map(({ kind, key, at }) => [`${kind}:${key}`, at]));
}

export async function sinceOf(db: Database, version: number, most: number): Promise<Committed[]> {
  const rows = await db
    .select()
    .from(flagChanges)
    .where(gt(flagChanges.version, version))
    .orderBy(asc(flagChanges.version))
    .limit(most);
  return rows.map(committedOf);
}

// As the database compresses them: some 10 MB of documents.
const mostBytesOfHistory = 1_000_000;

export async function historyOf(db: Database, { kind, key, before, limit }: HistoryFilter): Promise<Committed[]> {
  const of = [
    ...(kind === undefined ? [] : [eq(flagHistory.kind, kind)]),
    ...(key === undefined ? [] : [eq(flagHistory.key, key)]),
  ];
  const touched = db
    .select({ version: flagHistory.version })
    .from(flagHistory)
    .where(and(...of));
  const sizes = await db
    .select({ version: flagChanges.version, bytes: sql<number>`pg_column_size(${flagChanges.edits})` })
    .from(flagChanges)
    .where(
      and(
        before === undefined ? undefined : lt(flagChanges.version, before),
        of.length === 0 ? undefined : inArray(flagChanges.version, touched),
      ),
    )
    .orderBy(desc(flagChanges.version))
    .limit(limit);

  const versions = fitting(sizes);
  if (versions.length === 0) return [];
  const rows = await db
    .select()
    .from(flagChanges)
    .where(inArray(flagChanges.version, versions))
    .orderBy(desc(flagChanges.version));
  return rows.map(committedOf);
}

/** The first, and those after it while there is room. */
function fitting(sizes: readonly { version: number; bytes: number }[]): number[] {
  let total = 0;
  return sizes
    .filter(({ bytes }, index) => (total += bytes) <= mostBytesOfHistory || index === 0)
    .map(({ version }) => version);
}

export async function changeOf(db: Database, version: number): Promise<Committed | undefined> {
  const [row] = await db.select().from(flagChanges).where(eq(flagChanges.version, version));
  return row && committedOf(row);
}

export async function undoingOf(db: Database, versions: readonly number[]): Promise<Map<number, number>> {
  if (versions.length === 0) return new Map();
  const rows = await db
    .select({ version: flagChanges.version, undoes: flagChanges.undoes })
    .from(flagChanges)
    .where(inArray(flagChanges.undoes, [...versions]))
    .orderBy(asc(flagChanges.version));
  return new Map(rows.flatMap(({ version, undoes }) => (undoes === null ? [] : [[undoes, version] as const])));
}

/** A row as it was written by `write`: nobody else writes this table. */
export function committedOf(row: typeof flagChanges.$inferSelect): Committed {
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
