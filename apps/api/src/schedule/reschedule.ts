import { checkWeek, limits } from "@beq/scheduler/contract";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { Failure } from "../failure.ts";
import { changed, noEvent } from "./change.ts";
import { type Prepare, revise } from "./revise.ts";
import type { Changes, RescheduleInput, RevisedWeek } from "./schema.ts";
import { endOf, midnightAfter, periodOf, startOf, type StoredWeek } from "./stored.ts";

type RescheduleCall = {
  ctx: Pick<Context, "now" | "scheduler" | "schedules">;
  input: z.infer<typeof RescheduleInput> & { user_id: string };
  signal: AbortSignal | undefined;
};

/** Takes what has become different about the week, and moves as little else as it takes. */
export function reschedule({ ctx, input, signal }: RescheduleCall): Promise<RevisedWeek> {
  const { user_id: userId, actuals, preview, ...changes } = input;
  return revise({
    ctx,
    userId,
    operation: "reschedule",
    signal,
    asked: { actuals, preview, optimization_goals: [] },
    basis: { reschedule: changes },
    prepare: rescheduling(changes),
  });
}

/** What a person's changes ask for of the stored week. What was moved by hand is pinned. */
export function rescheduling(changes: Changes): Prepare {
  return (stored, now, userId) => {
    if (!stored) throw nothingThere(changes, userId);

    const week = changed(stored, changes, now);
    check(week, changes);
    return {
      week,
      period: { from: periodOf(week, now).from, to: endOfPlan(week, now) },
      leastChange: true,
      mayMove: () => true,
    };
  };
}

function nothingThere({ updates: [first] }: Changes, userId: string): Failure {
  return first ? noEvent(first.event_id) : new Failure("missing", `Nothing is planned yet for user '${userId}'`);
}

/** The rules between fields hold for what is new or different: known dependencies, no cycles, ids used once. */
function check(week: StoredWeek, changes: Changes): void {
  const found: Parameters<typeof checkWeek>[1] = { issues: [] };
  checkWeek(week, found, [...new Map(week.events.map((event) => [event.id, event])).values()]);
  const detail = found.issues.flatMap(({ path = [], message = "", input = null }) => {
    const place = placeIn(changes, week, path);
    return place ? [{ type: "value_error", loc: ["body", ...place], msg: message, input }] : [];
  });
  if (detail.length > 0) throw new Failure("invalid", "The changed week breaks a rule", { detail });
  if (week.tasks.length > limits.tasks) throw tooMany(changes);
}

/** Where in the changes the task is that an issue of the week names, if it is one of theirs. */
function placeIn(changes: Changes, week: StoredWeek, path: readonly PropertyKey[]): (string | number)[] | undefined {
  const [field, index, ...rest] = path.map((step) => (typeof step === "number" ? step : String(step)));
  const task = field === "tasks" ? week.tasks[Number(index)] : undefined;
  if (!task) return undefined;

  const added = changes.new_tasks.indexOf(task);
  if (added >= 0) return ["new_tasks", added, ...rest];
  const altered = changes.task_changes.findIndex(({ task_id: id }) => id === task.id);
  return altered >= 0 ? ["task_changes", altered, ...rest] : undefined;
}

function tooMany({ new_tasks: input }: Changes): Failure {
  const msg = `List should leave at most ${limits.tasks} tasks in all`;
  const detail = [{ type: "too_long", loc: ["body", "new_tasks"], msg, input: `[list of ${input.length} items]` }];
  return new Failure("invalid", msg, { detail });
}

function endOfPlan(week: StoredWeek, now: number): number {
  const zone = week.user_preferences.timezone;
  const last = week.events.reduce((latest, event) => Math.max(latest, endOf(event)), now);
  const first = week.events.reduce((earliest, event) => Math.min(earliest, startOf(event)), last);
  return Math.max(midnightAfter(last, zone, 1), midnightAfter(Math.max(first, now), zone, week.planning_horizon_days));
}
