import { isoIn, limits, OptimizeAnswer, type OptimizeRequest, type ScheduledEvent } from "@beq/scheduler/contract";
import type { Context } from "../context.ts";
import { Failure } from "../failure.ts";
import { afterOptimize } from "./after.ts";
import { changesBetween } from "./compare.ts";
import { mostAttempts } from "./generate.ts";
import { asBlock } from "./kept.ts";
import type { Basis, RevisedWeek } from "./schema.ts";
import { eventsThatMatter, isFixed, isWithin, midnightAfter, type Period, type StoredWeek } from "./stored.ts";
import { ofPart } from "./verdict.ts";

/** What is to be planned again: the week as it should be taken, the part of it to plan, and how freely. */
export type Revision = {
  week: StoredWeek;
  period: Period;
  leastChange: boolean;
  /** Which of the task events in the period may move. */
  mayMove: (taskId: string) => boolean;
};

/** Reads what is to be planned off the stored week, or answers at once where there is nothing to plan. */
export type Prepare = (week: StoredWeek | undefined, now: number, userId: string) => Revision | OptimizeAnswer;

/** What comes along with a wish to plan again. */
export type Asked = Pick<OptimizeRequest, "actuals" | "optimization_goals"> & { preview: boolean };

export type RevisionCall = {
  ctx: Pick<Context, "now" | "scheduler" | "schedules">;
  userId: string;
  operation: "optimize" | "reschedule";
  signal: AbortSignal | undefined;
  asked: Asked;
  /** What `accept` has to know again. */
  basis: Pick<Basis, "optimize" | "reschedule">;
  prepare: Prepare;
};

/** Plans a part of the stored week again and stores the outcome; starts over when somebody else was faster. */
export async function revise(call: RevisionCall): Promise<RevisedWeek> {
  const { ctx, userId, operation, signal, asked, prepare } = call;
  for (let attempt = 1; ; attempt += 1) {
    const now = ctx.now();
    const before = await ctx.schedules.latest(userId);
    const revision = prepare(before?.week, now, userId);
    if ("success" in revision) return { ...revision, basis: null, events: null };

    const answer = await ctx.scheduler.replan(requestOf(revision, userId, now, asked), { signal });
    const basis = { ...call.basis, version: before?.version ?? 0, planned_at: new Date(now).toISOString() };
    if (!answer.success) return { ...answer, basis, events: null };

    const week = revised(revision, answer, now);
    const told = { ...answer, changes: changesBetween(before?.week.events ?? [], week.events, answer.changes) };
    if (asked.preview) return { ...told, basis, events: week.events };

    try {
      const { version } = await ctx.schedules.save(userId, basis.version, operation, week, now);
      return { ...told, basis: { ...basis, version }, events: null };
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== "conflict" || attempt === mostAttempts) throw error;
    }
  }
}

/** The stored week after what was asked of it was planned. */
export function revised(revision: Revision, answer: OptimizeAnswer, now: number): StoredWeek {
  const week = afterOptimize(revision.week, answer, revision.period, now);
  const isOpen = (event: ScheduledEvent) => event.type === "task" && !isFixed(event, now);
  const isWhole = revision.week.events.every((event) => !isOpen(event) || isMoving(event, revision, now));
  return week.verdict && !isWhole ? { ...week, verdict: ofPart(week.verdict) } : week;
}

/** Whether the event is among those that may get another place. */
function isMoving(event: ScheduledEvent, { period, mayMove }: Revision, now: number): boolean {
  return isWithin(event, period) && !isFixed(event, now) && (event.task_id === null || mayMove(event.task_id));
}

/** An answer for when there is nothing to plan. */
export function nothingToDo(success: boolean, message: string): OptimizeAnswer {
  return OptimizeAnswer.parse({
    success,
    optimized_schedule: [],
    improvements: [],
    warnings: success ? [message] : [],
    confidence_score: 1,
    processing_time_seconds: 0,
    error: success ? null : message,
  });
}

/** The revision as the scheduler is asked for it. */
export function requestOf(
  revision: Revision,
  userId: string,
  now: number,
  { actuals, optimization_goals }: Pick<Asked, "actuals" | "optimization_goals">,
): OptimizeRequest {
  const { week, period, leastChange } = revision;
  const zone = week.user_preferences.timezone;
  const from = Math.max(period.from, now);
  const moving = (event: ScheduledEvent) => isMoving(event, revision, now);
  const days = daysOf({ from, to: period.to }, zone);
  const rest = week.events.filter((event) => event.type === "task" && !moving(event));
  return {
    user_id: userId,
    tasks: [...week.tasks, ...week.older_tasks].slice(0, limits.tasks),
    existing_schedule: week.events.filter(moving),
    existing_events: [
      ...eventsThatMatter(week, { from, to: period.to }),
      ...rest.map((event) => asBlock(event, true)),
      ...fence(period.to, midnightAfter(from, zone, days), zone),
    ],
    user_preferences: week.user_preferences,
    constraints: week.constraints,
    planning_start: isoIn(zone, from),
    planning_horizon_days: days,
    weights: week.weights,
    actuals,
    alternatives: 0,
    optimization_goals,
    least_change: leastChange,
  };
}

/** The local days that a period touches, at most as many as one request may plan. */
function daysOf({ from, to }: Period, zone: string): number {
  let days = 1;
  while (days < limits.horizonDays && midnightAfter(from, zone, days) < to) days += 1;
  return days;
}

/** Closes the rest of the last day, where a period ends before midnight. */
function fence(from: number, to: number, zone: string): OptimizeRequest["existing_events"] {
  if (from >= to) return [];
  return [
    {
      id: "kept:after-the-period",
      title: "",
      start_time: isoIn(zone, from),
      end_time: isoIn(zone, to),
      is_moveable: false,
      buffer_before_minutes: 0,
      buffer_after_minutes: 0,
    },
  ];
}
