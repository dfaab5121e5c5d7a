import { accounts } from "./verify/account.ts";
import { type Asked, type Case, type Judged, readCase } from "./verify/case.ts";
import { differences } from "./verify/change.ts";
import { habits, missed } from "./verify/habit.ts";
import { type Answer, chances, quality } from "./verify/number.ts";
import { dependencies, lengths, pins, rests } from "./verify/order.ts";
import { caps, splits } from "./verify/piece.ts";
import { clock, hours } from "./verify/place.ts";
import { constraints, leads, overlap } from "./verify/room.ts";
import type { Violation } from "./verify/violation.ts";

export { quality };
export type { Judged, Violation };

/** Each names what a plan breaks; `left` are the ids of tasks without a place. */
const rules: readonly ((subject: Case, left: readonly string[]) => Violation[])[] = [
  clock,
  hours,
  overlap,
  leads,
  constraints,
  dependencies,
  lengths,
  splits,
  caps,
  habits,
  pins,
  rests,
  accounts,
  missed,
];

/**
 * Judges a plan by the request alone. Shares nothing with what made the plan, the reading of times included.
 * @param now epoch milliseconds, as the planner was told
 */
export function verify(asked: Asked, plan: Judged, now: number): Violation[] {
  return broken(readCase(asked, plan, now), plan, () => undefined);
}

function broken(subject: Case, { unscheduled_tasks: left }: Judged, heed: () => void): Violation[] {
  return rules.flatMap((rule) => {
    heed();
    return rule(subject, left);
  });
}

/**
 * Judges a whole answer: its plan, the other plans that it offers, and whether what it says of them can be.
 * @param heed called before each rule; what it throws ends the work
 */
export function judge(asked: Asked, answer: Answer, now: number, heed: () => void = () => undefined): Violation[] {
  const subject = readCase(asked, answer, now);
  const others = "alternatives" in answer ? answer.alternatives : [];
  return [
    ...broken(subject, answer, heed),
    ...others.flatMap((other) => broken(readCase(asked, other, now), other, heed)),
    ...quality(answer),
    ...chances(subject, answer),
    ...("changes" in answer ? differences(subject, answer.changes) : []),
  ];
}
