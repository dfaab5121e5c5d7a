import type { GenerateAnswer, GenerateRequest, Progress, Week, WeekAsked } from "@beq/scheduler/contract";
import type { Context } from "../context.ts";
import { afterGenerate, besides } from "./after.ts";
import { keptBlocks } from "./kept.ts";
import type { Basis, GeneratedWeek, WeekInput } from "./schema.ts";
import { isConflict, type Kept, type Posed, settle, type Settled } from "./settle.ts";
import { eventsThatMatter, periodOf, type StoredWeek } from "./stored.ts";
import { unpinnedIn } from "./unpin.ts";

export type GenerateCall = {
  ctx: Pick<Context, "now" | "scheduler" | "schedules">;
  input: WeekInput & { user_id: string; preview?: boolean };
  signal: AbortSignal | undefined;
  onProgress?: (progress: Progress) => void;
  /** Given, the plan goes on to its proof when it is stored, and this is told of it. */
  onFirst?: (answer: GeneratedWeek) => void;
};

/** How often a plan is fitted to a week that others change at the same time, before giving up with a conflict. */
export const mostAttempts = 5;

/** Plans a week around what is fixed in the stored one, and stores it in its place unless it is only to be seen. */
export async function generate(call: GenerateCall): Promise<Settled> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(call);
    } catch (error) {
      if (!isConflict(error) || attempt === mostAttempts) throw error;
    }
  }
}

async function once(call: GenerateCall): Promise<Settled> {
  const { ctx, input, signal, onProgress, onFirst } = call;
  const posed = await pose(call);
  if (input.preview) {
    const answer = await ctx.scheduler.plan(posed.request, { signal });
    const { before, week, now } = posed;
    const kept_events = besides(afterGenerate(before?.week, week, answer, now), answer, now);
    return { answer: { ...answer, basis: basisOf(posed, input), kept_events }, stored: false };
  }

  let kept: Kept | undefined;
  const keepFirst = async (answer: GenerateAnswer): Promise<void> => {
    kept = await keep(call, posed, answer);
    onFirst?.(told(answer, kept));
  };
  const answer = await ctx.scheduler.plan(posed.request, {
    signal,
    ...(onProgress && { onProgress }),
    ...(onFirst && { onFirst: keepFirst }),
  });
  if (kept) return settle(call, kept, answer);

  return { answer: told(answer, await keep(call, posed, answer)), stored: true };
}

/** What storing a plan that was only shown has to know again. */
function basisOf({ before, week, now }: Posed, { unpinned }: WeekInput): Basis {
  const generate = { ...week, unpinned };
  return { version: before?.version ?? 0, planned_at: new Date(now).toISOString(), generate };
}

async function pose({ ctx, input: asked }: GenerateCall): Promise<Posed> {
  const { preview: _, unpinned, ...input } = asked;
  const now = ctx.now();
  const before = unpinnedIn(await ctx.schedules.latest(input.user_id), unpinned);
  const week = inZone(input, before?.week.user_preferences.timezone);
  return { now, before, week, request: weekRequest(week, before?.week, input.user_id, now) };
}

/**
 * Stores the plan; where others were faster, on what they stored.
 * @throws {Failure} `conflict` where that is not what the plan was made around
 */
async function keep(call: GenerateCall, posed: Posed, answer: GenerateAnswer): Promise<Kept> {
  const { ctx, input } = call;
  let { before, week, now } = posed;
  for (let attempt = 1; ; attempt += 1) {
    const after = afterGenerate(before?.week, week, answer, now);
    try {
      const version = await ctx.schedules.save(input.user_id, before?.version ?? 0, "generate", after, now);
      return { before, week, now, version };
    } catch (error) {
      if (!isConflict(error) || attempt === mostAttempts) throw error;
      const again = await pose(call);
      if (around(again) !== around(posed)) throw error;
      ({ before, week, now } = again);
    }
  }
}

function around({ request }: Posed): string {
  return JSON.stringify(request.existing_events);
}

function told(answer: GenerateAnswer, { version: { version, week }, now }: Kept): GeneratedWeek {
  const basis = { version, planned_at: new Date(now).toISOString() };
  return { ...answer, basis, kept_events: besides(week, answer, now) };
}

/** The week as the scheduler is asked for it: with what of the stored plan it has to work around. */
export function weekRequest(week: Week, stored: StoredWeek | undefined, userId: string, now: number): GenerateRequest {
  const events = eventsThatMatter(week, periodOf(week, now));
  return { ...week, user_id: userId, existing_events: [...events, ...keptBlocks(stored, week, now)] };
}

export function inZone(input: WeekAsked, storedZone: string | undefined): Week {
  const { user_preferences: asked, ...rest } = input;
  return { ...rest, user_preferences: { ...asked, timezone: asked.timezone ?? storedZone ?? "UTC" } };
}
