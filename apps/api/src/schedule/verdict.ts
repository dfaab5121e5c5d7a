import { GenerateAnswer, type OptimizeAnswer, type ScheduledEvent } from "@beq/scheduler/contract";
import type { z } from "zod";

/** What planning says of a plan that it made. It is true of that plan alone: who changes the plan leaves it out. */
export const Verdict = GenerateAnswer.pick({
  reasoning: true,
  alternative_suggestions: true,
  pinned_events: true,
  grid_minutes: true,
  cost: true,
  lower_bound: true,
  optimality_gap: true,
  proof: true,
  time_limited: true,
  weights: true,
  days: true,
});
export type Verdict = z.infer<typeof Verdict>;

type Said = Omit<Verdict, "reasoning" | "alternative_suggestions"> &
  (Pick<GenerateAnswer, "reasoning" | "alternative_suggestions"> | Pick<OptimizeAnswer, "improvements">);

export function verdictOf(answer: Said): Verdict {
  const words =
    "improvements" in answer ? { reasoning: answer.improvements.join(" "), alternative_suggestions: [] } : {};
  return Verdict.parse({ ...answer, ...words });
}

/** The same of a plan of which only a part was planned: how near that part is to its best says nothing of the whole. */
export function ofPart(verdict: Verdict): Verdict {
  return { ...verdict, cost: null, lower_bound: null, optimality_gap: null, proof: "none" };
}

/**
 * Events that planning left where they are, with what it says of them there.
 * @param blockOf the id of the block that stood for an event
 */
export function retold(
  events: readonly ScheduledEvent[],
  told: readonly ScheduledEvent[],
  blockOf: (event: ScheduledEvent) => string,
): ScheduledEvent[] {
  const byBlock = new Map(told.map((event) => [event.id, event]));
  return events.map((event) => {
    const said = byBlock.get(blockOf(event));
    if (!said) return event;

    const { p_on_time, eta, reason, explanation } = said;
    // What has begun goes on for the reason that it began for.
    return event.pinned ? { ...event, p_on_time, eta, reason, explanation } : { ...event, p_on_time, eta };
  });
}
