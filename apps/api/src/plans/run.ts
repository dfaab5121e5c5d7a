import type { Logger } from "@beq/telemetry";
import { Failure } from "../failure.ts";
import type { Manager } from "../flags/manager.ts";
import type { Leader } from "../store/leader.ts";
import { conflictsOf, saveMerged } from "./apply.ts";
import { Outcome } from "./schema.ts";
import type { PlanRow, PlanStore } from "./store.ts";

export type RunDeps = {
  store: PlanStore;
  manager: Pick<Manager, "save">;
  leader: Leader;
  logger: Pick<Logger, "error" | "info" | "warn">;
  now: () => number;
};

// Up to this a plan counts as punctual: so long may another process sleep that has not heard of it.
const punctualSeconds = 60;

/** Runs the plans whose hour has come, in their order, and answers in how many milliseconds the next is due. */
export async function runDue(deps: RunDeps): Promise<number> {
  const { store, leader, now } = deps;
  await leader.exclusively("plans", async () => {
    for (const plan of await store.due(new Date(now()))) await runOne(deps, plan);
  });
  const next = await store.nextDue();
  // One that is still due could not be run, or is being run elsewhere.
  return next && next.getTime() > now() ? next.getTime() - now() : Infinity;
}

async function runOne(deps: RunDeps, plan: PlanRow): Promise<void> {
  const { logger } = deps;
  try {
    const version = await applied(deps, plan);
    logger.info("A planned change was made", { plan: plan.id, version });
  } catch (error) {
    const outcome = outcomeOf(error, plan);
    // The database is away, or we have a defect: it stays due, and is tried again in the next round.
    if (!outcome) return logger.error("A planned change is tried again", { plan: plan.id, error });
    await failed(deps, plan, outcome).catch((cause: unknown) => logger.error("A plan was not ended", { error: cause }));
  }
}

/** Makes the change and ends the plan in one transaction: whatever happens, both are done or neither, and once. */
async function applied({ store, manager, now }: RunDeps, plan: PlanRow): Promise<number> {
  const { edits, comment, undoes } = plan.change;
  const late = plan.dueAt ? Math.round((now() - plan.dueAt.getTime()) / 1000) : 0;
  const outcome = { ...kept(plan), late_seconds: late > punctualSeconds ? late : null };
  const { version } = await saveMerged(
    manager,
    { edits, comment },
    {
      author: plan.author,
      origin: "schedule",
      ...(undoes !== null && { undoes }),
      within: (transaction, committed) =>
        store.decide(
          plan.id,
          { state: "applied", at: new Date(now()), version: committed.version, outcome },
          transaction,
        ),
    },
  );
  return version;
}

async function failed({ store, logger, now }: RunDeps, plan: PlanRow, outcome: Outcome): Promise<void> {
  await store.decide(plan.id, { state: "failed", at: new Date(now()), outcome });
  logger.warn("A planned change was not made", { plan: plan.id, reason: outcome.reason });
}

/** How a plan ends that was refused; undefined where another try may do better, or somebody has ended it already. */
function outcomeOf(error: unknown, plan: PlanRow): Outcome | undefined {
  if (!(error instanceof Failure)) return undefined;
  const { code, message: reason, detail } = error;
  const conflicts = conflictsOf(error);
  if (code === "conflict") return conflicts.length > 0 ? { ...kept(plan), reason, conflicts } : undefined;
  if (code === "invalid") return { ...kept(plan), reason, problems: Array.isArray(detail) ? detail : [] };
  return code === "forbidden" ? { ...kept(plan), reason } : undefined;
}

function kept({ outcome }: PlanRow): Outcome {
  return Outcome.parse(outcome ?? {});
}
