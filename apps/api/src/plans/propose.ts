import { randomUUID } from "node:crypto";
import { Failure } from "../failure.ts";
import type { By, Manager } from "../flags/manager.ts";
import type { Change } from "../flags/wire.ts";
import { isKill } from "./kill.ts";
import { prepared } from "./prepare.ts";
import type { Proposed, Schedule, Scheduled } from "./schema.ts";
import type { Settings } from "./settings.ts";
import type { NewPlan, PlanStore } from "./store.ts";
import { type Moment, momentOf } from "./when.ts";

/** Whose wish it is, and through which door it came. */
export type Wisher = Omit<By, "within">;

export type Proposing = {
  /** Saves a change; where two have to agree it is kept as a request, unless it only switches flags off. */
  propose(change: Change, by: Wisher): Promise<Proposed>;
  /** @throws {Failure} `invalid` when there is no such time or it has passed */
  schedule(wish: Schedule, by: Wisher): Promise<Scheduled>;
};

export type ProposingDeps = {
  store: PlanStore;
  settings: Settings;
  manager: Pick<Manager, "save" | "check" | "layered" | "stored" | "readonly" | "catchUp">;
  now: () => number;
};

/** How changes begin: at once, or as plans. */
export function createProposing({ store, settings, manager, now }: ProposingDeps): Proposing {
  async function add(kind: NewPlan["kind"], change: Change, { author, origin, undoes }: Wisher, when: When = never) {
    // What it is based on may have been saved elsewhere a moment ago.
    await manager.catchUp();
    const id = `plan_${randomUUID()}`;
    const behind = author.kind === "key" ? await store.makerOf(author.id) : null;
    const planned = { ...prepared(manager, change), origin, undoes: undoes ?? null, behind };
    await store.add({ id, kind, change: planned, author, createdAt: new Date(now()), ...when });
    return id;
  }

  return {
    async propose(change, by) {
      const { on } = await settings.fourEyes();
      const isFree = !on || isKill(change.edits, { set: manager.layered().set, versions: manager.stored().versions });
      if (!isFree) return { state: "requested", id: await add("request", change, by) };

      const { version, at } = await manager.save(change, by);
      return { state: "applied", version, at };
    },

    async schedule({ local_time: localTime, zone, ...change }, by) {
      const { instant, note } = future(localTime, zone, now());
      const { on } = await settings.fourEyes();
      const dueAt = new Date(instant);
      const id = await add(on ? "request" : "schedule", change, by, { localTime, zone, dueAt });
      const state = on ? "requested" : "planned";
      return { state, id, local_time: localTime, zone, due_at: dueAt.toISOString(), note };
    },
  };
}

type When = Pick<NewPlan, "localTime" | "zone" | "dueAt">;
const never: When = { localTime: null, zone: null, dueAt: null };

/** The instant that is meant, which has to lie ahead. */
function future(localTime: string, zone: string, now: number): Moment {
  const moment = momentOf(localTime, zone);
  if (!moment)
    throw invalid(
      "local_time",
      localTime,
      `expected a time such as 2030-03-25T09:00 and an IANA zone such as Europe/Berlin, not '${zone}'`,
    );
  if (moment.instant <= now)
    throw invalid("local_time", localTime, `expected a time to come: it is ${new Date(now).toISOString()} now`);
  return moment;
}

function invalid(field: string, input: string, msg: string): Failure {
  return new Failure("invalid", msg, { detail: [{ type: "value_error", loc: ["body", field], msg, input }] });
}
