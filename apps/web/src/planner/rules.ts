import { own } from "../lib/own.ts";
import type { Shown } from "./shown.ts";

/** What costs are called: the plan's soft rules in the words of the person whose week it is. */
const names: Readonly<Record<string, string>> = {
  deadline: "After its deadline",
  late: "Late",
  tardiness: "Time past the deadline",
  tardiness_per_minute: "Time past the deadline",
  tardiness_per_hour_beyond_a_day: "More than a day late",
  delay: "Time until it is done",
  delay_per_hour: "Time until it is done",
  preferred_time: "Not at its preferred time",
  energy: "Outside your energy peaks",
  focus: "Outside focus time",
  focus_taken: "Takes focus time",
  focus_taken_per_minute: "Takes focus time",
  late_hours: "Late in the day",
  late_hours_per_minute: "Late in the day",
  soft_constraint: "In time you would keep free",
  soft_constraint_per_minute: "In time you would keep free",
  lunch_shift: "Lunch is shifted",
  lunch_shift_per_minute: "Lunch is shifted",
  category_switch: "Change of category",
  fragment: "Leaves an unusable gap",
  split: "In several pieces",
  event_moved: "The meeting was moved",
  event_moved_per_minute: "How far the meeting was moved",
  task_moved: "Moved from the plan before",
  task_moved_per_hour: "How far it was moved",
  moved: "Moved from the plan before",
  unscheduled: "Without a place",
  rest: "Lunch and the make-up of days",
  balance: "A full day",
};

/** The rule's name for people; one that this page does not know yet is at least readable. */
export function ruleName(rule: string): string {
  const words = rule.replaceAll("_", " ");
  return own(names, rule) ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Costs by rule, dearest first, without those of 0. */
export function dearest(costs: Readonly<Record<string, number>>): { rule: string; name: string; cost: number }[] {
  return Object.entries(costs)
    .filter(([, cost]) => cost !== 0)
    .sort(([, a], [, b]) => b - a)
    .map(([rule, cost]) => ({ rule, name: ruleName(rule), cost }));
}

type Weighed = Pick<Shown, "events" | "tasks" | "unscheduled" | "weights" | "cost">;

/** What a plan costs by rule: what is still to come of it, what it has no place for, and what is of no one block. */
export function billOf({ events, tasks, unscheduled, weights, cost }: Weighed, now: number): Record<string, number> {
  const known = new Map(tasks.map((task) => [task.id, task]));
  // Blocks of other days and of tasks that are gone stand beside the plan, not in it.
  const own = events.filter(({ task_id: id }) => id === null || known.has(id));
  const open = own.filter(({ end_time: end }) => Date.parse(end) > now);
  const left = unscheduled.map(({ task_id: id }) => weights?.unscheduled[known.get(id)?.priority ?? "medium"] ?? 0);
  const bill = { ...totals(open), unscheduled: sum(left) };
  const isWhole = cost !== null && open.length === own.length;
  return { ...bill, rest: isWhole ? Math.max(0, cost - sum(Object.values(bill))) : 0 };
}

function sum(costs: readonly number[]): number {
  return costs.reduce((all, cost) => all + cost, 0);
}

/** The sum over blocks, by rule. */
export function totals(blocks: readonly { explanation: { costs: Record<string, number> } | null }[]) {
  const sums: Record<string, number> = {};
  for (const { explanation } of blocks)
    for (const [rule, cost] of Object.entries(explanation?.costs ?? {})) sums[rule] = (sums[rule] ?? 0) + cost;
  return sums;
}
