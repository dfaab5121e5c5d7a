import { accounts } from "./verify/account.ts";
import { type Asked, type Judged, readCase, type Violation } from "./verify/case.ts";
import { dependencies, lengths, pins, rests } from "./verify/order.ts";
import { clock, constraints, hours, overlap } from "./verify/place.ts";

export type { Judged, Violation };

/**
 * Judges a plan by the request alone. Shares nothing with what made the plan, the reading of times included.
 * @param now epoch milliseconds, as the planner was told
 */
export function verify(asked: Asked, plan: Judged, now: number): Violation[] {
  const subject = readCase(asked, plan, now);
  return [
    ...clock(subject),
    ...hours(subject),
    ...overlap(subject),
    ...constraints(subject),
    ...dependencies(subject),
    ...lengths(subject),
    ...pins(subject),
    ...rests(subject),
    ...accounts(subject, plan.unscheduled_tasks),
  ];
}
