import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GenerateRequest, isoIn, OptimizeRequest } from "../contract/index.ts";
import { monday, search, task, week } from "./builders.ts";
import { judge, planWeek, replan } from "./index.ts";

// With `BEQ_DEEP=1` ten times as many weeks.
const many = process.env["BEQ_DEEP"] === "1" ? 10 : 1;
// A smaller week is another week: what fails is told as it is.
const told = { endOnFailure: true };

describe("nothing moves where nothing changed", { timeout: 900_000 }, () => {
  it("in weeks with pieces, habits, buffers and meetings that may move (seed 21)", () => {
    fc.assert(
      fc.property(full, (request) => {
        expect(again(request, 800).changes).toEqual([]);
      }),
      { ...told, seed: 21, numRuns: 8 * many },
    );
  });

  it("in a month of more than a hundred tasks, though lunches made way for some (seed 22)", () => {
    let shifted = 0;
    fc.assert(
      fc.property(month, (request) => {
        const { before, changes } = again(request, 300);
        shifted += before.filter(({ type, start_time: at }) => type === "lunch" && at.slice(11, 16) !== "12:00").length;
        expect(changes).toEqual([]);
      }),
      { ...told, seed: 22, numRuns: 2 * many },
    );
    expect(shifted).toBeGreaterThan(0);
  });
});

describe("at most two others move, lunches counted", { timeout: 900_000 }, () => {
  it("when a task is added to a week with pieces, habits, buffers and meetings that may move (seed 23)", () => {
    fc.assert(
      fc.property(full, priority, (request, urgency) => {
        const { tasks } = week({ tasks: [task("new", 60, { priority: urgency })] });
        const { changes } = again(request, 800, [...request.tasks, ...tasks]);
        expect(changes.filter(({ event_id: id }) => id !== "new").length).toBeLessThanOrEqual(2);
      }),
      { ...told, seed: 23, numRuns: 6 * many },
    );
  });
});

/** The plan of a week, planned again with least change, for other tasks maybe. */
function again(request: GenerateRequest, iterations: number, tasks = request.tasks) {
  const before = planWeek(request, search(monday, iterations)).scheduled_events;
  const asked = OptimizeRequest.parse({ ...request, tasks, existing_schedule: before, least_change: true });
  const answer = replan(asked, search(monday, iterations));
  expect(judge(asked, answer, monday)).toEqual([]);
  return { before, changes: answer.changes };
}

const priority = fc.constantFrom("low" as const, "medium" as const, "high" as const, "urgent" as const);

/** Five days of a dozen tasks, of which some are split, come twice a week or need time around them, and six meetings. */
const full = fc
  .record({
    tasks: fc.array(
      fc.record({
        quarters: fc.constantFrom(2, 4, 4, 6, 8),
        priority,
        due: fc.option(fc.integer({ min: 1, max: 5 })),
        kind: fc.constantFrom("whole", "whole", "whole", "split", "habit"),
        before: fc.constantFrom(0, 0, 15),
        after: fc.constantFrom(0, 0, 0, 15),
      }),
      { minLength: 10, maxLength: 15 },
    ),
    meetings: fc.uniqueArray(fc.integer({ min: 0, max: 29 }), { minLength: 6, maxLength: 6 }),
    moveable: fc.nat(5),
  })
  .map(({ tasks, meetings, moveable }) =>
    week({
      tasks: tasks.map(({ quarters, due, kind, before, after, ...said }, index) => {
        const around = { ...said, buffer_before_minutes: before, buffer_after_minutes: after };
        if (kind === "habit")
          return task(`t${index}`, 30, { ...around, category: "home", repeat: { times_per_week: 2 } });
        const deadline = due === null ? null : `2024-03-${24 + due}T17:00`;
        if (kind === "whole") return task(`t${index}`, quarters * 15, { ...around, deadline });
        return task(`t${index}`, 180, { ...around, deadline, split: { min_minutes: 30, max_minutes: 90 } });
      }),
      existing_events: meetings.map((slot, index) => {
        const start = monday + (Math.floor(slot / 6) * 24 + 2 + (slot % 6)) * hourMs;
        const span = { start_time: iso(start), end_time: iso(start + 0.75 * hourMs) };
        return { id: `m${slot}`, title: "meeting", ...span, is_moveable: index === moveable };
      }),
    }),
  );

/** Thirty days of so many tasks that some days are full. */
const month = fc
  .array(
    fc.record({ quarters: fc.integer({ min: 1, max: 7 }), priority, due: fc.option(fc.integer({ min: 1, max: 30 })) }),
    { minLength: 110, maxLength: 120 },
  )
  .map((tasks) =>
    week({
      tasks: tasks.map(({ quarters, due, ...said }, index) =>
        task(`t${index}`, quarters * 15, { ...said, deadline: due === null ? null : iso(monday + due * 24 * hourMs) }),
      ),
      planning_horizon_days: 30,
    }),
  );

const hourMs = 3_600_000;

function iso(time: number): string {
  return isoIn("Europe/Paris", time);
}
