import { GenerateRequest, type GenerateAnswer } from "@beq/scheduler/contract";
import { planWeek } from "@beq/scheduler/optimize";
import { expect, it } from "vitest";
import { billOf, ruleName } from "./rules.ts";
import { isOfTray, withoutBlockers } from "./words.ts";

const now = Date.parse("2030-03-24T20:00:00Z");

it("accounts for all that a plan costs, what has no place included, and nothing of what stands beside it", () => {
  const { week, answer } = crowded();
  expect(answer.unscheduled.length).toBeGreaterThan(1);
  const [first] = answer.scheduled_events;
  const others = first ? [{ ...first, id: "old", task_id: "gone" }] : [];
  const bill = billOf({ ...answer, events: [...answer.scheduled_events, ...others], tasks: week.tasks }, now);
  expect(Object.values(bill).reduce((sum, cost) => sum + cost, 0)).toBe(answer.cost);
  const lunch = answer.scheduled_events.find(({ type }) => type === "lunch");
  const away = Math.abs(Date.parse(lunch?.start_time ?? "") - Date.parse("2030-03-25T12:00:00+01:00")) / 60_000;
  expect(bill["rest"]).toBe(away * (answer.weights?.lunch_shift_per_minute ?? 0));
});

it("has a name for every rule that a plan costs by, and knows the planner's words for what is told elsewhere", () => {
  const { answer } = crowded();
  const rules = answer.scheduled_events.flatMap(({ explanation }) => Object.keys(explanation?.costs ?? {}));
  expect(rules.filter((rule) => ruleName(rule).toLowerCase() === rule.replaceAll("_", " "))).toEqual([]);
  expect(answer.warnings.filter(isOfTray).length).toBeGreaterThan(1);
  const blocked = answer.scheduled_events.filter(({ reason }) => reason.includes("in the way of"));
  expect(blocked.length).toBeGreaterThan(0);
  for (const { reason } of blocked) expect(withoutBlockers(reason)).not.toContain("in the way of");
});

/** A day that is too short for its tasks. */
function crowded(): {
  week: GenerateRequest;
  answer: Pick<GenerateAnswer, "scheduled_events" | "unscheduled" | "warnings" | "weights" | "cost">;
} {
  const task = (id: string) => ({ id, title: `Task; ${id}`, estimated_duration_minutes: 90, priority: "high" });
  const week = GenerateRequest.parse({
    user_id: "local",
    tasks: ["a", "b", "c", "d", "e", "f", "g", "h"].map(task),
    planning_start: "2030-03-25T08:00:00",
    planning_horizon_days: 1,
    user_preferences: { timezone: "Europe/Berlin" },
  });
  return { week, answer: planWeek(week, { now, seed: 1, iterations: 500, outOfTime: () => false }) };
}
