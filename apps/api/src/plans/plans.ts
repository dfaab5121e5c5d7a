import { randomUUID } from "node:crypto";
import type { Logger } from "@beq/telemetry";
import { Failure } from "../failure.ts";
import type { Manager, By } from "../flags/manager.ts";
import type { Author, Change } from "../flags/wire.ts";
import type { Leader } from "../store/leader.ts";
import type { Database } from "../store/open.ts";
import { createRounds } from "../store/rounds.ts";
import { saveMerged } from "./apply.ts";
import { prepared } from "./prepare.ts";
import { isKill } from "./kill.ts";
import { planOf } from "./row.ts";
import { runDue } from "./run.ts";
import { type Approved, Outcome, type Plan, type PlanFilter, type Proposed } from "./schema.ts";
import type { Schedule, Scheduled } from "./schema.ts";
import { createSettings, type Settings } from "./settings.ts";
import { createPlanStore, decidedAlready, type NewPlan } from "./store.ts";
import { type Moment, momentOf } from "./when.ts";

/** How many changes of a flag wait. */
export type Waiting = { planned: number; requested: number };

export type Plans = {
  /** Saves a change; where two have to agree it is kept as a request, unless it only switches flags off. */
  propose(change: Change, by: Omit<By, "within">): Promise<Proposed>;
  /** @throws {Failure} `invalid` when there is no such time or it has passed */
  schedule(wish: Schedule, by: Omit<By, "within">): Promise<Scheduled>;
  /** Makes a request's change, or lets it wait for its hour. @throws {Failure} `forbidden` to its author and to keys */
  approve(id: string, comment: string, by: Author): Promise<Approved>;
  /** Ends a request; its author takes it back so. */
  reject(id: string, comment: string, by: Author): Promise<void>;
  /** Ends a planned change before its hour. */
  cancel(id: string, by: Author): Promise<void>;
  list(filter: PlanFilter): Promise<Plan[]>;
  /** By flag's key; flags for which nothing waits are left out. */
  waiting(): Promise<ReadonlyMap<string, Waiting>>;
  fourEyes: Settings["fourEyes"];
  setFourEyes(on: boolean, by: Author): ReturnType<Settings["setFourEyes"]>;
  /** Makes the changes whose hour has come, now; resolves when that is done. Never rejects. */
  wake(): Promise<void>;
  close(): Promise<void>;
};

export type PlansDeps = {
  db: Database;
  manager: Pick<Manager, "save" | "check" | "layered" | "stored" | "readonly" | "catchUp">;
  leader: Leader;
  logger: Pick<Logger, "error" | "info" | "warn">;
  now: () => number;
};

// Another process may have planned something, and ended since.
const longestMilliseconds = 30_000;

/** Changes that wait for a second person or for their hour. */
export function createPlans({ db, manager, leader, logger, now }: PlansDeps): Plans {
  const store = createPlanStore(db);
  const settings = createSettings(db);
  const at = () => new Date(now());
  const rounds = createRounds({
    name: "Making planned changes",
    atMost: longestMilliseconds,
    logger,
    round: () => runDue({ store, manager, leader, logger, now }),
  });
  void rounds.wake();

  async function add(kind: NewPlan["kind"], change: Change, { author, origin, undoes }: By, when: When = never) {
    // What it is based on may have been saved elsewhere a moment ago.
    await manager.catchUp();
    const id = `plan_${randomUUID()}`;
    const behind = author.kind === "key" ? await store.makerOf(author.id) : null;
    const planned = { ...prepared(manager, change), origin, undoes: undoes ?? null, behind };
    await store.add({ id, kind, change: planned, author, createdAt: at(), ...when });
    return id;
  }

  return {
    async propose(change, by) {
      const { on } = await settings.fourEyes();
      const isFree = !on || isKill(change.edits, { set: manager.layered().set, versions: manager.stored().versions });
      if (!isFree) return { state: "requested", id: await add("request", change, by) };
      const { version, at: committedAt } = await manager.save(change, by);
      return { state: "applied", version, at: committedAt };
    },

    async schedule({ local_time: localTime, zone, ...change }, by) {
      const { instant, note } = future(localTime, zone, now());
      const { on } = await settings.fourEyes();
      const dueAt = new Date(instant);
      const id = await add(on ? "request" : "schedule", change, by, { localTime, zone, dueAt });
      void rounds.wake();
      return { state: on ? "requested" : "planned", id, local_time: localTime, zone, due_at: dueAt.toISOString(), note };
    },

    async approve(id, comment, by) {
      const plan = await store.get(id);
      if (plan.state !== "open" || plan.kind !== "request") throw decidedAlready();
      if (by.kind !== "member") throw new Failure("forbidden", "A key cannot approve: a second person has to");
      if (by.id === plan.author.id || by.id === plan.change.behind)
        throw new Failure("forbidden", "Another person than who asks, or made the key that asks, has to approve");
      if (plan.dueAt) {
        await store.approve(id, by, at(), comment);
        void rounds.wake();
        return { state: "planned", due_at: plan.dueAt.toISOString() };
      }

      const { change, author } = plan;
      const committed = await saveMerged(
        manager,
        { ...change, comment: joined(change.comment, by, comment) },
        {
          author,
          origin: "request",
          ...(change.undoes !== null && { undoes: change.undoes }),
          within: (transaction, { version }) =>
            store.decide(id, { state: "applied", by, at: at(), version, outcome: said(comment) }, transaction),
        },
      );
      return { state: "applied", version: committed.version, at: committed.at };
    },

    async reject(id, comment, by) {
      const { author, kind } = await store.get(id);
      if (kind !== "request") throw decidedAlready();
      const state = author.id === by.id && author.kind === by.kind ? "withdrawn" : "rejected";
      await store.decide(id, { state, by, at: at(), outcome: said(comment) });
    },

    async cancel(id, by) {
      const { author, kind } = await store.get(id);
      if (kind === "request" && author.id !== by.id)
        throw new Failure("forbidden", "Only its author can take a request back; reject it instead");
      await store.decide(id, { state: "withdrawn", by, at: at(), outcome: said("") });
    },

    list: async (filter) => (await store.list(filter)).map((row) => planOf(row, manager)),

    async waiting() {
      const waiting = new Map<string, Waiting>();
      for (const { key, kind, number } of await store.waiting()) {
        const known = waiting.get(key) ?? { planned: 0, requested: 0 };
        waiting.set(key, kind === "schedule" ? { ...known, planned: number } : { ...known, requested: number });
      }
      return waiting;
    },

    fourEyes: settings.fourEyes,
    async setFourEyes(on, by) {
      const setting = await settings.setFourEyes(on, by, at());
      logger.info("Approval by a second person was switched", { on, author: by.id });
      return setting;
    },
    wake: rounds.wake,
    close: rounds.close,
  };
}

type When = Pick<NewPlan, "localTime" | "zone" | "dueAt">;
const never: When = { localTime: null, zone: null, dueAt: null };

/** The instant that is meant, which has to lie ahead. */
function future(localTime: string, zone: string, now: number): Moment {
  const moment = momentOf(localTime, zone);
  if (!moment) throw invalid("local_time", localTime, `expected a time such as 2030-03-25T09:00 and an IANA zone such as Europe/Berlin, not '${zone}'`);
  if (moment.instant <= now)
    throw invalid("local_time", localTime, `expected a time to come: it is ${new Date(now).toISOString()} now`);
  return moment;
}

function invalid(field: string, input: string, msg: string): Failure {
  return new Failure("invalid", msg, { detail: [{ type: "value_error", loc: ["body", field], msg, input }] });
}

function said(comment: string): Outcome {
  return Outcome.parse({ comment: comment || null });
}

/** The comment that history keeps: why, and who agreed. */
function joined(comment: string, { name }: Author, approval: string): string {
  return [comment, `Approved by ${name}${approval ? `: ${approval}` : ""}`].filter(Boolean).join("\n");
}
