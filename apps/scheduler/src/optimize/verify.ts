import { accounts } from "./verify/account.ts";
import { type Asked, type Judged, readCase } from "./verify/case.ts";
import { differences } from "./verify/change.ts";
import { habits, missed } from "./verify/habit.ts";
import { type Answer, chances, quality } from "./verify/number.ts";
import { dependencies, lengths, pins, rests } from "./verify/order.ts";
import { caps, splits } from "./verify/piece.ts";
import { clock, hours } from "./verify/place.ts";
import { constraints, leads, overlap } from "./verify/room.ts";
import type { Violation } from "./verify/violation.ts";

export type { Judged, Violation };

/**
 * Judges a plan by the request alone. Shares nothing with what made the plan, the reading of times included.
 * @param now epoch milliseconds, as the planner was told
 */
export function verify(asked: Asked, plan: Judged, now: number): Violation[] {
  const subject = readCase(asked, plan, now);
  const left = plan.unscheduled_tasks;
  return [
    ...clock(subject),
    ...hours(subject),
    ...overlap(subject),
    ...leads(subject),
    ...constraints(subject),
    ...dependencies(subject),
    ...lengths(subject),
    ...splits(subject, left),
    ...caps(subject),
    ...habits(subject),
    ...pins(subject),
    ...rests(subject),
    ...accounts(subject, left),
    ...missed(subject, left),
  ];
}

/** Judges a whole answer: its plan, the other plans that it offers, and whether what it says of them can be. */
export function judge(asked: Asked, answer: Answer, now: number): Violation[] {
  const subject = readCase(asked, answer, now);
  const others = "alternatives" in answer ? answer.alternatives : [];
  return [
    ...verify(asked, answer, now),
    ...others.flatMap((other) => verify(asked, other, now)),
    ...quality(answer),
    ...chances(subject, answer),
    ...("changes" in answer ? differences(subject, answer.changes) : []),
  ];
}
