import type { GenerateAnswer, GenerateRequest, Week } from "@beq/scheduler/contract";
import type { Context } from "../context.ts";
import { Failure } from "../failure.ts";
import { afterGenerate, besides } from "./after.ts";
import { placeOf } from "./compare.ts";
import type { GeneratedWeek } from "./schema.ts";
import type { Version } from "./store.ts";
import { startOf, type StoredWeek } from "./stored.ts";

/** What is asked, off a stored week at a moment. */
export type Posed = { now: number; before: Version | undefined; week: Week; request: GenerateRequest };

/** The first plan as it was stored, and what it took the place of. */
export type Kept = Omit<Posed, "request"> & { version: Version };

/** The last word on a plan; what was not stored is only good to look at. */
export type Settled = { answer: GeneratedWeek; stored: boolean };

type Planned = Pick<StoredWeek, "events">;

type Call = { ctx: Pick<Context, "now" | "schedules">; input: { user_id: string } };

/**
 * Stores the plan that the proof came to in the place of the first one, if it is another, if nobody changed anything
 * since, and if nothing has begun that it would move. If it is the same, what is known of it now is stored with it.
 */
export async function settle({ ctx, input }: Call, first: Kept, answer: GenerateAnswer): Promise<Settled> {
  const { before, week, now: plannedAt, version: base } = first;
  const basis = { version: base.version, planned_at: new Date(plannedAt).toISOString() };
  const after = afterGenerate(before?.week, week, answer, plannedAt);
  const told = { ...answer, basis, kept_events: besides(after, answer, plannedAt) };
  const moved = differing(base.week, after);
  if (moved.length === 0) {
    await ctx.schedules.amend(input.user_id, base.version, after);
    return { answer: told, stored: true };
  }

  const now = ctx.now();
  const hasBegun = moved.some((event) => startOf(event) >= plannedAt && startOf(event) < now);
  if (hasBegun) return { answer: told, stored: false };

  try {
    const { version } = await ctx.schedules.save(input.user_id, base.version, "improve", after, now);
    return { answer: { ...told, basis: { ...basis, version } }, stored: true };
  } catch (error) {
    if (!isConflict(error)) throw error;
    return { answer: told, stored: false };
  }
}

/** Events that stand in one of the weeks only, or elsewhere in the other. */
export function differing({ events: before }: Planned, { events: after }: Planned): StoredWeek["events"] {
  const [old, now] = [new Set(before.map(placeOf)), new Set(after.map(placeOf))];
  return [...before.filter((event) => !now.has(placeOf(event))), ...after.filter((event) => !old.has(placeOf(event)))];
}

export function isConflict(error: unknown): boolean {
  return error instanceof Failure && error.code === "conflict";
}
