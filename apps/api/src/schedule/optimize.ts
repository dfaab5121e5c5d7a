import { instantOf, limits, type OptimizeAnswer } from "@beq/scheduler/contract";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { Failure } from "../failure.ts";
import { nothingToDo, revise } from "./revise.ts";
import type { OptimizeInput } from "./schema.ts";

type OptimizeCall = {
  ctx: Pick<Context, "now" | "scheduler" | "schedules">;
  input: z.infer<typeof OptimizeInput> & { user_id: string };
  signal: AbortSignal | undefined;
};

const day = 24 * 60 * 60 * 1000;

/** Looks for a better plan of what is stored in a period; pinned and begun events stay. */
export function optimize({ ctx, input, signal }: OptimizeCall): Promise<OptimizeAnswer> {
  const chosen = new Set(input.brick_ids ?? []);
  return revise({
    ctx,
    userId: input.user_id,
    operation: "optimize",
    signal,
    prepare: (week, now) => {
      if (!week) return nothingToDo(false, `Nothing is planned yet for user '${input.user_id}'`);

      const zone = week.user_preferences.timezone;
      const period = { from: instantOf(input.start_date, zone), to: instantOf(input.end_date, zone) };
      if (period.to <= now) return nothingToDo(true, `The period ended before now: nothing in it can still be moved`);
      if (period.to - Math.max(period.from, now) > limits.horizonDays * day) throw tooLong(input.end_date);

      return { week, period, leastChange: false, mayMove: (task) => chosen.size === 0 || chosen.has(task) };
    },
  });
}

function tooLong(end: string): Failure {
  const msg = `Value error, the period is longer than ${limits.horizonDays} days`;
  return new Failure("invalid", msg, { detail: [{ type: "value_error", loc: ["body", "end_date"], msg, input: end }] });
}
