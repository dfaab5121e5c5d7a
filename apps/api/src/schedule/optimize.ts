import { instantOf, limits } from "@beq/scheduler/contract";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { Failure } from "../failure.ts";
import { nothingToDo, type Prepare, revise } from "./revise.ts";
import type { Basis, OptimizeInput, RevisedWeek } from "./schema.ts";

type OptimizeCall = {
  ctx: Pick<Context, "now" | "scheduler" | "schedules">;
  input: z.infer<typeof OptimizeInput> & { user_id: string };
  signal: AbortSignal | undefined;
};

const day = 24 * 60 * 60 * 1000;

/** Looks for a better plan of what is stored in a period; pinned and begun events stay. */
export function optimize({ ctx, input, signal }: OptimizeCall): Promise<RevisedWeek> {
  const { start_date, end_date, brick_ids, ...asked } = input;
  const period = { start_date, end_date, ...(brick_ids && { brick_ids }) };
  return revise({
    ctx,
    userId: input.user_id,
    operation: "optimize",
    signal,
    asked,
    basis: { optimize: period },
    prepare: optimizing(period),
  });
}

/** What a period asks for of the stored week. */
export function optimizing(period: NonNullable<Basis["optimize"]>): Prepare {
  const chosen = new Set(period.brick_ids ?? []);
  return (week, now, userId) => {
    if (!week) return nothingToDo(false, `Nothing is planned yet for user '${userId}'`);

    const zone = week.user_preferences.timezone;
    const [from, to] = [instantOf(period.start_date, zone), instantOf(period.end_date, zone)];
    if (to <= now) return nothingToDo(true, `The period ended before now: nothing in it can still be moved`);
    if (to - Math.max(from, now) > limits.horizonDays * day) throw tooLong(period.end_date);

    return {
      week,
      period: { from, to },
      leastChange: false,
      mayMove: (task) => chosen.size === 0 || chosen.has(task),
    };
  };
}

function tooLong(end: string): Failure {
  const msg = `Value error, the period is longer than ${limits.horizonDays} days`;
  return new Failure("invalid", msg, { detail: [{ type: "value_error", loc: ["body", "end_date"], msg, input: end }] });
}
