import { type GenerateAnswer, type Progress, type Week, type WeekAsked } from "@beq/scheduler/contract";
import type { Context } from "../context.ts";
import { Failure } from "../failure.ts";
import { afterGenerate, eventsThatMatter, keptBlocks, periodOf } from "./stored.ts";

export type GenerateCall = {
  ctx: Pick<Context, "now" | "scheduler" | "schedules">;
  input: WeekAsked & { user_id: string };
  signal: AbortSignal | undefined;
  onProgress?: (progress: Progress) => void;
};

/** How often a plan is fitted to a week that others change at the same time, before giving up with a conflict. */
export const mostAttempts = 5;

/** Plans a week around what is fixed in the stored one, and stores it in its place. */
export async function generate({ ctx, input, signal, onProgress }: GenerateCall): Promise<GenerateAnswer> {
  const { user_id: userId } = input;
  let planned: { answer: GenerateAnswer; around: string } | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const now = ctx.now();
    const before = await ctx.schedules.latest(userId);
    const week = inZone(input, before?.week.user_preferences.timezone);
    const kept = keptBlocks(before?.week, week, now);

    // Planned anew only where what it has to work around has changed since.
    const around = JSON.stringify(kept);
    if (planned?.around !== around) {
      const request = {
        ...week,
        user_id: userId,
        existing_events: [...eventsThatMatter(week, periodOf(week, now)), ...kept],
      };
      planned = { answer: await ctx.scheduler.plan(request, { signal, ...(onProgress && { onProgress }) }), around };
    }

    const stored = afterGenerate(before?.week, week, planned.answer, now);
    try {
      await ctx.schedules.save(userId, before?.version ?? 0, "generate", stored, now);
      return planned.answer;
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== "conflict" || attempt === mostAttempts) throw error;
    }
  }
}

function inZone(input: WeekAsked, storedZone: string | undefined): Week {
  const { user_preferences: asked, ...rest } = input;
  return { ...rest, user_preferences: { ...asked, timezone: asked.timezone ?? storedZone ?? "UTC" } };
}
