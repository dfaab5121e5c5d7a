import type { ScheduledEvent } from "../../contract/index.ts";
import { describe, expect, it } from "vitest";
import { monday, search, task, week } from "../builders.ts";
import { planWeek, verify } from "../index.ts";

const kinds = ["work", "home", "garden"];
const request = week({
  alternatives: 3,
  tasks: Array.from({ length: 14 }, (_, index) =>
    task(`t${index}`, 45 + 15 * (index % 4), {
      category: kinds[index % 3] ?? "work",
      priority: index % 4 === 0 ? "high" : "medium",
      ...(index % 3 === 0 && { deadline: `2024-03-${26 + (index % 3)}T12:00` }),
      ...(index % 5 === 0 && { preferred_time: "evening" as const }),
    }),
  ),
  user_preferences: { avoid_scheduling_after: "17:00" },
});
const plan = planWeek(request, search(monday, 600));

describe("another plan", () => {
  it("is offered when it is asked for, as many times as it is", () => {
    expect(plan.alternatives).toHaveLength(3);
    expect(planWeek({ ...request, alternatives: 0 }, search(monday, 100)).alternatives).toEqual([]);
  });

  it("is a whole plan that keeps every hard rule and leaves out no more", () => {
    for (const { scheduled_events, unscheduled_tasks } of plan.alternatives) {
      expect(verify(request, { scheduled_events, unscheduled_tasks }, monday)).toEqual([]);
      expect(unscheduled_tasks.length).toBeLessThanOrEqual(plan.unscheduled_tasks.length);
    }
  });

  it("has a fifth of the tasks elsewhere than the plan and every other one", () => {
    const all = [plan, ...plan.alternatives].map(({ scheduled_events: events }) =>
      events.filter(({ type }) => type === "task").map(({ id, start_time: start }) => `${id} ${start}`),
    );
    const elsewhere = all.flatMap((one) =>
      all
        .filter((other) => other !== one)
        .map((other) => one.filter((each) => !other.includes(each)).length / one.length),
    );
    expect(elsewhere).toHaveLength(12);
    expect(Math.min(...elsewhere)).toBeGreaterThanOrEqual(0.2);
  });

  it("has a name of its own, and says what is better in it and what stands where", () => {
    expect(new Set(plan.alternatives.map(({ label }) => label)).size).toBe(3);
    for (const { differences, cost } of plan.alternatives) {
      expect(differences.some((text) => /^'t\d+' .* instead of .*\.$/.test(text))).toBe(true);
      expect(cost).toBeGreaterThanOrEqual(plan.cost ?? 0);
    }
  });

  it("says how each of its days holds, and what it says of what stands by hand", () => {
    const by = {
      id: "pin:t0",
      title: "t0",
      task_id: "t0",
      start_time: "2024-03-26T09:00",
      end_time: "2024-03-26T09:45",
    };
    const { alternatives, pinned_events: pinned } = planWeek(
      week({ ...request, existing_events: [by] }),
      search(monday, 600),
    );
    expect(alternatives.length).toBeGreaterThan(0);
    for (const { days, pinned_events, scheduled_events } of alternatives) {
      const minutes = days.reduce((sum, { planned_minutes: planned }) => sum + planned, 0);
      expect(minutes).toBe(minutesOf([...scheduled_events, ...pinned_events]));
      expect(pinned_events.map(({ id }) => id)).toEqual(pinned.map(({ id }) => id));
    }
  });

  it("is the same for the same question", () => {
    expect(planWeek(request, search(monday, 600)).alternatives).toEqual(plan.alternatives);
  });
});

function minutesOf(events: readonly ScheduledEvent[]): number {
  return events
    .filter(({ type }) => type === "task")
    .reduce((sum, { start_time: start, end_time: end }) => sum + (Date.parse(end) - Date.parse(start)) / 60_000, 0);
}
