import * as fc from "fast-check";
import { expect, it } from "vitest";
import { monday, search, task, week } from "../builders.ts";
import { planWeek } from "../index.ts";
import { leastCost } from "../search/models.ts";
import type { Pattern } from "../problem/pattern.ts";
import { prepare } from "../problem/prepare.ts";
import { readWeek } from "../problem/read.ts";

it("states a bound below the best of all ways to cut a task, and nearly always finds that one (seed 21)", () => {
  let best = 0;
  let all = 0;
  fc.assert(
    fc.property(morning, (request) => {
      const plan = planWeek(request, search(monday, 3_000));
      const demand = readWeek(request, monday);
      const total = request.tasks[0]?.estimated_duration_minutes ?? 0;
      const least = Math.min(
        ...ways(total).map((pattern) => leastCost(prepare(demand, new Map([["split", pattern]])))),
      );
      expect(plan.lower_bound ?? 0).toBeLessThanOrEqual(least);
      expect(plan.cost ?? 0).toBeGreaterThanOrEqual(least);
      all += 1;
      if (plan.cost === least) best += 1;
    }),
    { seed: 21, numRuns: 15 },
  );
  expect(best / all).toBeGreaterThanOrEqual(0.9);
});

/** Every way to cut so many minutes into pieces of 30 to 60 on a grid of 15. */
function ways(total: number): Pattern[] {
  if (total === 0) return [[]];
  return [30, 45, 60]
    .filter((length) => length <= total)
    .flatMap((length) => ways(total - length).map((rest) => [length, ...rest]));
}

/** A task to cut and one or two others in three and a half hours in which a meeting stands; no one has to rest. */
const morning = fc
  .record({
    total: fc.constantFrom(90, 105, 120),
    meeting: fc.integer({ min: 0, max: 10 }),
    long: fc.integer({ min: 1, max: 3 }),
    others: fc.array(fc.constantFrom(15, 30, 45), { minLength: 1, maxLength: 2 }),
    priority: fc.constantFrom("low", "high", "urgent"),
    due: fc.integer({ min: 4, max: 16 }),
  })
  .map(({ total, meeting, long, others, priority, due }) =>
    week({
      tasks: [
        task("split", total, {
          split: { min_minutes: 30, max_minutes: 60 },
          priority,
          deadline: at(due),
        }),
        ...others.map((minutes, index) => task(`t${index}`, minutes, { priority: "medium", deadline: at(due - 2) })),
      ],
      existing_events: [{ id: "e", title: "e", start_time: at(meeting), end_time: at(meeting + long) }],
      planning_horizon_days: 1,
      user_preferences: { work_end_time: "12:30", lunch_time: "14:00", break_frequency_minutes: 480 },
    }),
  );

/** So many quarters of an hour after nine. */
function at(quarters: number): string {
  return new Date(Date.parse("2024-03-25T08:00:00Z") + quarters * 900_000).toISOString();
}
