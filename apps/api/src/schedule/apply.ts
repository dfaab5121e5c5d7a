import { GenerateAnswer, instantOf, OptimizeAnswer, type ScheduledEvent } from "@beq/scheduler/contract";
import { quality, type Violation, verify } from "@beq/scheduler/verify";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { Failure } from "../failure.ts";
import { afterGenerate } from "./after.ts";
import { inZone, weekRequest } from "./generate.ts";
import { optimizing } from "./optimize.ts";
import { rescheduling } from "./reschedule.ts";
import { type Prepare, requestOf, revised, type Revision } from "./revise.ts";
import type { ApplyInput, Basis, ChangedSchedule } from "./schema.ts";
import { differing } from "./settle.ts";
import { shownAfter } from "./shown.ts";
import { inForce, saveOn } from "./stale.ts";
import { startOf, type StoredWeek } from "./stored.ts";
import { unpinned } from "./unpin.ts";

type Input = z.infer<typeof ApplyInput> & { user_id: string };
type ApplyCall = { ctx: Pick<Context, "now" | "schedules">; input: Input };

const longestMilliseconds = 60 * 60 * 1000;

/** Stores a plan that was shown before: a preview, or one of the alternatives. It is judged like every other. */
export async function apply({ ctx, input }: ApplyCall): Promise<ChangedSchedule> {
  const { user_id: userId, basis } = input;
  const now = ctx.now();
  const before = isFirst(basis) ? undefined : await inForce(ctx.schedules, userId, basis.version);
  const plannedAt = instantOf(basis.planned_at, "UTC");
  if (!(plannedAt <= now && now - plannedAt <= longestMilliseconds)) throw outdated();

  const week = accepted(before?.week, input, plannedAt);
  const moved = differing(before?.week ?? nothing, week).filter((event) => startOf(event) >= plannedAt);
  if (moved.some((event) => startOf(event) < now)) throw outdated();

  // Who applies a plan without what planning said of it keeps only the plan.
  const kept = input.verdict ? week : { ...week, verdict: null };
  const saved = await saveOn(ctx.schedules, userId, before, ["apply", kept, now]);
  return shownAfter(userId, saved, before?.week.events ?? []);
}

const nothing = { events: [] };

/** Whether the plan was made for somebody who had none yet. */
function isFirst({ version, generate }: Basis): boolean {
  return version === 0 && Boolean(generate);
}

/** The week with the plan in it. */
function accepted(stored: StoredWeek | undefined, input: Input, at: number): StoredWeek {
  const prepare = preparationOf(input.basis);
  if (!prepare) return chosen(stored, input, at);

  const revision = prepare(stored, at, input.user_id);
  if ("success" in revision) throw refused([revision.error ?? revision.warnings.join(" ")]);
  return replanned(revision, input, at);
}

function preparationOf({ optimize, reschedule }: Basis): Prepare | undefined {
  if (optimize) return optimizing(optimize);
  return reschedule ? rescheduling(reschedule) : undefined;
}

function replanned(revision: Revision, input: Input, at: number): StoredWeek {
  const request = requestOf(revision, input.user_id, at, { actuals: [], optimization_goals: [] });
  const common = told(input, request, request.existing_schedule);
  const improvements = [input.verdict?.reasoning ?? ""];
  const answer = OptimizeAnswer.parse({ ...common, optimized_schedule: input.scheduled_events, improvements });
  check([...verify(request, answer, at), ...quality(answer)]);
  return revised(revision, answer, at);
}

/** A plan for a week as a whole: the one that is named, or the stored one. */
function chosen(before: StoredWeek | undefined, input: Input, at: number): StoredWeek {
  const { generate } = input.basis;
  const stored = before && unpinned(before, generate?.unpinned ?? []);
  const asked = generate ?? stored;
  if (!asked) throw new Failure("missing", `Nothing is planned yet for user '${input.user_id}'`);
  const week = inZone({ ...asked, actuals: [], alternatives: 0 }, stored?.user_preferences.timezone);
  const request = weekRequest(week, stored, input.user_id, at);
  const common = told(input, request, []);
  const answer = GenerateAnswer.parse({ ...unsaid, ...common, scheduled_events: input.scheduled_events });
  check([...verify(request, answer, at), ...quality(answer)]);
  return afterGenerate(stored, week, answer, at);
}

const unsaid = { reasoning: "", alternative_suggestions: [] };

type Request = Pick<ReturnType<typeof requestOf>, "tasks" | "existing_events">;

/** What an answer says besides its plan; which tasks it leaves out is counted here. */
function told(input: Input, { tasks, existing_events: blocks }: Request, before: readonly ScheduledEvent[]) {
  const held = new Set([...input.scheduled_events, ...blocks].map(({ task_id: id }) => id));
  const wanted = before.flatMap(({ task_id: id, title }) => (id === null ? [] : [{ id, title }]));
  const left = new Map([...wanted, ...tasks].filter(({ id }) => !held.has(id)).map(({ id, title }) => [id, title]));
  const reasons = new Map(input.unscheduled.map((each) => [each.task_id, each]));
  return {
    ...input.verdict,
    success: true,
    unscheduled_tasks: [...left.keys()],
    unscheduled: [...left].map(([id, title]) => reasons.get(id) ?? leftOut(id, title)),
    warnings: input.warnings,
    confidence_score: input.confidence_score,
    processing_time_seconds: 0,
    error: null,
  };
}

function leftOut(task_id: string, title: string) {
  return { task_id, title, code: "no_free_time", reason: "The plan that was chosen leaves it out.", suggestion: null };
}

function check(violations: readonly Violation[]): void {
  if (violations.length > 0) throw refused(violations.map(({ message }) => message));
}

const mostReasons = 20;

function refused(reasons: readonly string[]): Failure {
  const detail = reasons.slice(0, mostReasons).map((reason) => ({
    type: "value_error",
    loc: ["body", "scheduled_events"],
    msg: `Value error, the plan does not hold: ${reason}`,
    input: null,
  }));
  return new Failure("invalid", "The plan does not hold", { detail });
}

function outdated(): Failure {
  return new Failure("conflict", "Time that this plan counts on has passed: preview it again");
}
