import type { ScheduledEvent, Task, Unscheduled } from "@beq/scheduler/contract";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { Failure } from "../failure.ts";
import { waitingFor } from "./after.ts";
import type { ChangedSchedule, RestoreInput } from "./schema.ts";
import { differing } from "./settle.ts";
import { shownAfter } from "./shown.ts";
import { inForce, saveOn } from "./stale.ts";
import { endOf, inOrder, startOf, type StoredWeek } from "./stored.ts";

type RestoreCall = {
  ctx: Pick<Context, "now" | "schedules">;
  input: z.infer<typeof RestoreInput> & { user_id: string };
};

/** Goes back to an earlier version of the week, as a new version: nothing is lost by it. */
export async function restore({ ctx, input }: RestoreCall): Promise<ChangedSchedule> {
  const { user_id: userId, version, to = version - 1 } = input;
  const now = ctx.now();
  const current = await inForce(ctx.schedules, userId, version);
  const earlier = to < version ? await ctx.schedules.at(userId, to) : undefined;
  if (!earlier) throw new Failure("missing", `Version ${to} of the schedule is not kept`);

  const week = backTo(earlier.week, current.week, now);
  const saved = await saveOn(ctx.schedules, userId, current, ["restore", week, now]);
  return shownAfter(userId, saved, current.week.events);
}

/** The earlier week from now on; what began before now stays as it came. */
function backTo(earlier: StoredWeek, current: StoredWeek, now: number): StoredWeek {
  const begun = current.events.filter((event) => startOf(event) < now);
  const running = begun.filter((event) => endOf(event) > now);
  const isFree = (event: ScheduledEvent) =>
    !running.some((other) => startOf(event) < endOf(other) && startOf(other) < endOf(event));
  const events = inOrder([...begun, ...earlier.events.filter((event) => startOf(event) >= now && isFree(event))]);
  const tasks = [...earlier.tasks, ...earlier.older_tasks];
  const known = new Set(tasks.map(({ id }) => id));
  const older = [...current.tasks, ...current.older_tasks].filter(
    ({ id }) => !known.has(id) && begun.some(({ task_id: task }) => task === id),
  );
  const week = {
    ...earlier,
    older_tasks: [...earlier.older_tasks, ...older.map((task) => waitingFor(task, () => false))],
    events,
    unscheduled: [...earlier.unscheduled, ...passed(earlier, events)],
  };
  return differing(earlier, week).length > 0 ? { ...week, verdict: null } : week;
}

/** Tasks whose time in the earlier plan is over, and that the later one had put elsewhere. */
function passed(earlier: StoredWeek, events: readonly ScheduledEvent[]): Unscheduled[] {
  const planned = new Set(earlier.events.map(({ task_id: id }) => id));
  const held = new Set(events.map(({ task_id: id }) => id));
  const lost = ({ id }: Task) => planned.has(id) && !held.has(id);
  return [...earlier.tasks, ...earlier.older_tasks].filter(lost).map(({ id, title }) => ({
    task_id: id,
    title,
    code: "out_of_horizon",
    reason: "The time that it had in this plan has passed.",
    suggestion: "Plan again to give it a new place.",
    p_on_time: 0,
    conflict: [],
    changes: [],
  }));
}
