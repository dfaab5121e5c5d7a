import { and, asc, count, desc, eq, lte, min, ne, sql } from "drizzle-orm";
import { Failure } from "../failure.ts";
import { Author } from "../flags/wire.ts";
import { flagPlans } from "../store/managed.ts";
import { type Database, query } from "../store/open.ts";
import { apikey } from "../store/people.ts";
import { Outcome, type PlanFilter, PlanKind, Planned, PlanState } from "./schema.ts";

/** A plan as it is kept. */
export type PlanRow = {
  id: string;
  kind: PlanKind;
  state: PlanState;
  change: Planned;
  author: Author;
  createdAt: Date;
  localTime: string | null;
  zone: string | null;
  dueAt: Date | null;
  decidedBy: Author | null;
  decidedAt: Date | null;
  version: number | null;
  outcome: Outcome | null;
};

export type NewPlan = Pick<PlanRow, "id" | "kind" | "change" | "author" | "createdAt" | "localTime" | "zone" | "dueAt">;

/** How a plan ends. */
export type Decision = {
  state: Exclude<PlanState, "open">;
  by?: Author | undefined;
  at: Date;
  version?: number | undefined;
  outcome: Outcome;
};

export type PlanStore = {
  /** @throws {Failure} `conflict` when too many are open */
  add(plan: NewPlan): Promise<void>;
  /** @throws {Failure} `missing` */
  get(id: string): Promise<PlanRow>;
  list(filter: PlanFilter): Promise<PlanRow[]>;
  /** Scheduled plans whose hour has come, the first due first. */
  due(at: Date): Promise<PlanRow[]>;
  nextDue(): Promise<Date | undefined>;
  /** How many open plans would change each flag. */
  waiting(): Promise<{ key: string; kind: PlanKind; number: number }[]>;
  /**
   * Ends an open plan, within a transaction where one is given.
   * @throws {Failure} `conflict` when it is open no more
   */
  decide(id: string, decision: Decision, transaction?: Database): Promise<void>;
  /** The id of the person who made a key, while the key exists. */
  makerOf(keyId: string): Promise<string | null>;
  /** Lets a request wait for its hour. */
  approve(id: string, by: Author, at: Date, comment: string): Promise<void>;
};

const mostOpen = 500;

export function createPlanStore(db: Database): PlanStore {
  const open = (id: string) => and(eq(flagPlans.id, id), eq(flagPlans.state, "open"));
  const scheduled = and(eq(flagPlans.state, "open"), eq(flagPlans.kind, "schedule"));

  return {
    add: (plan) =>
      query(async () => {
        const [known] = await db.select({ number: count() }).from(flagPlans).where(eq(flagPlans.state, "open"));
        if ((known?.number ?? 0) >= mostOpen)
          throw new Failure("conflict", `${mostOpen} changes wait already: decide or cancel some of them first`);
        await db.insert(flagPlans).values({ ...plan, state: "open" });
      }),

    get: (id) =>
      query(async () => {
        const [row] = await db.select().from(flagPlans).where(eq(flagPlans.id, id));
        if (!row) throw new Failure("missing", "There is no such plan");
        return parsed(row);
      }),

    list: ({ state, key, limit }) =>
      query(async () => {
        const states = { open: eq(flagPlans.state, "open"), decided: ne(flagPlans.state, "open"), all: undefined };
        const touching =
          key === undefined
            ? undefined
            : sql`${flagPlans.change}->'edits' @> ${JSON.stringify([{ kind: "flag", key }])}::jsonb`;
        const rows = await db
          .select()
          .from(flagPlans)
          .where(and(states[state], touching))
          .orderBy(desc(sql`${flagPlans.state} = 'open'`), desc(flagPlans.createdAt), asc(flagPlans.id))
          .limit(limit);
        return rows.map(parsed);
      }),

    due: (at) =>
      query(async () => {
        const rows = await db
          .select()
          .from(flagPlans)
          .where(and(scheduled, lte(flagPlans.dueAt, at)))
          .orderBy(asc(flagPlans.dueAt), asc(flagPlans.createdAt))
          .limit(100);
        return rows.map(parsed);
      }),

    nextDue: () =>
      query(async () => {
        const [row] = await db
          .select({ at: min(flagPlans.dueAt) })
          .from(flagPlans)
          .where(scheduled);
        return row?.at ?? undefined;
      }),

    waiting: () =>
      query(async () => {
        const { rows } = (await db.execute(
          sql`select edit->>'key' as key, ${flagPlans.kind} as kind, count(*)::int as number
              from ${flagPlans}, jsonb_array_elements(${flagPlans.change}->'edits') as edit
              where ${flagPlans.state} = 'open' and edit->>'kind' = 'flag' group by 1, 2`,
        )) as unknown as { rows: { key: string; kind: string; number: number }[] };
        return rows.map((row) => ({ ...row, kind: PlanKind.parse(row.kind) }));
      }),

    decide: (id, { state, by, at, version, outcome }, transaction = db) =>
      query(async () => {
        const decided = { state, decidedAt: at, version: version ?? null, outcome, ...(by && { decidedBy: by }) };
        const rows = await transaction.update(flagPlans).set(decided).where(open(id)).returning({ id: flagPlans.id });
        if (rows.length === 0) throw decidedAlready();
      }),

    makerOf: (keyId) =>
      query(async () => {
        const [row] = await db.select({ maker: apikey.referenceId }).from(apikey).where(eq(apikey.id, keyId));
        return row?.maker ?? null;
      }),

    approve: (id, decidedBy, decidedAt, comment) =>
      query(async () => {
        const rows = await db
          .update(flagPlans)
          .set({ kind: "schedule", decidedBy, decidedAt, outcome: Outcome.parse({ comment: comment || null }) })
          .where(and(open(id), eq(flagPlans.kind, "request")))
          .returning({ id: flagPlans.id });
        if (rows.length === 0) throw decidedAlready();
      }),
  };
}

/** Somebody else was quicker. */
export function decidedAlready(): Failure {
  return new Failure("conflict", "This change is open no more: it was applied, rejected or cancelled");
}

function parsed(row: typeof flagPlans.$inferSelect): PlanRow {
  return {
    ...row,
    kind: PlanKind.parse(row.kind),
    state: PlanState.parse(row.state),
    change: Planned.parse(row.change),
    author: Author.parse(row.author),
    decidedBy: Author.nullable().parse(row.decidedBy),
    outcome: Outcome.nullable().parse(row.outcome),
  };
}
