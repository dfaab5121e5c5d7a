import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { monday, search, task, week } from "./builders.ts";
import { openTime, simulate, type Step } from "./confidence.ts";
import { planWeek } from "./index.ts";
import { overrun } from "./prior.ts";

const hour = 3_600_000;

describe("the prior", () => {
  it("gives the published quantiles at their levels", () => {
    expect([0.05, 0.1, 0.25, 0.5, 0.75, 0.8, 0.9].map((level) => overrun(45, level))).toEqual([
      0.27, 0.5, 0.57, 1, 1.5, 1.5, 2.25,
    ]);
    expect(overrun(45, 0.95)).toBeCloseTo(3.39, 10);
    expect(overrun(15, 0.9)).toBe(3.11);
    expect(overrun(16, 0.9)).toBe(2.08);
  });

  it("never falls as the probability rises, and is never nothing (seed 5)", () => {
    const share = fc.double({ min: 0, max: 0.999_999, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_440 }), share, share, (minutes, a, b) => {
        expect(overrun(minutes, Math.min(a, b))).toBeLessThanOrEqual(overrun(minutes, Math.max(a, b)));
        expect(overrun(minutes, a)).toBeGreaterThan(0);
      }),
      { seed: 5 },
    );
  });
});

describe("confidence", () => {
  it("is 1 when nothing has a deadline", () => {
    expect(simulate([step("a", 0, 60, null)], 1)).toEqual({ score: 1, onTime: new Map([["a", null]]) });
  });

  it("is the share of the prior below the slack, for one task", () => {
    // 45 minutes estimated and 67.5 allowed: ratio 1.5 is passed with 20 to 25 % probability.
    expect(simulate([step("a", 0, 45, 67.5)], 1).score).toBeCloseTo(0.8, 1);
    expect(simulate([step("a", 0, 45, 45 * 2.25)], 1).score).toBeCloseTo(0.9, 2);
  });

  it("is 0 when the deadline is before the start, and 1 with all the time in the world", () => {
    expect(simulate([step("a", 60, 45, 30)], 1).score).toBe(0);
    expect(simulate([step("a", 0, 45, 45 * 40)], 1).score).toBe(1);
  });

  it("suffers from what runs late before: time is pushed right", () => {
    const alone = simulate([step("b", 60, 30, 100)], 1).score;
    const after = simulate([step("a", 0, 60, null), step("b", 60, 30, 100)], 1).score;
    expect(after).toBeLessThan(alone - 0.1);
  });

  it("lets work go on only in open time: a night between costs no minute of it", () => {
    const days = [
      { start: 0, end: 8 * hour },
      { start: 24 * hour, end: 32 * hour },
    ];
    const late = { ...step("a", 7 * 60, 60, 24 * 60 + 30), open: days };
    // An hour of today and half an hour of tomorrow: the same as ninety minutes in a row.
    expect(simulate([late], 1).score).toBe(simulate([step("a", 0, 60, 90)], 1).score);
  });

  it("leaves events out of open time, and half of each lunch", () => {
    const open = openTime(
      [{ start: 0, end: 8 * hour }],
      [{ start: 3 * hour, end: 4 * hour }],
      [{ start: hour, end: 2 * hour }],
    );
    expect(open).toEqual([
      { start: 0, end: hour },
      { start: 2 * hour, end: 3.5 * hour },
      { start: 4 * hour, end: 8 * hour },
    ]);
  });

  it("never falls with more slack, never rises with another task before (seed 42)", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            minutes: fc.integer({ min: 5, max: 200 }),
            slack: fc.integer({ min: 0, max: 300 }),
            gap: fc.nat(60),
          }),
          { minLength: 2, maxLength: 6 },
        ),
        fc.nat(5),
        fc.integer({ min: 1, max: 200 }),
        (list, pick, more) => {
          const steps = chain(list);
          const chosen = pick % steps.length;
          const { score } = simulate(steps, 9);
          const slacker = steps.map((each, index) =>
            index === chosen ? { ...each, deadline: (each.deadline ?? 0) + more * 60_000 } : each,
          );
          expect(simulate(slacker, 9).score).toBeGreaterThanOrEqual(score);
          expect(
            simulate(
              steps.filter((_, index) => index !== chosen).map((each) => each),
              9,
            ).score,
          ).toBeGreaterThanOrEqual(score);
        },
      ),
      { seed: 42, numRuns: 30 },
    );
  });

  it("comes with the plan, task by task, and is the same each time", () => {
    const request = week({ tasks: [task("a", 120, { deadline: "2024-03-25T12:00" }), task("b", 60)] });
    const plan = planWeek(request, search(monday));
    expect(plan.confidence_score).toBeGreaterThan(0.7);
    expect(plan.confidence_score).toBeLessThan(1);
    const byId = new Map(plan.scheduled_events.map((each) => [each.id, each.p_on_time]));
    expect(byId.get("a")).toBe(plan.confidence_score);
    expect(byId.get("b")).toBeNull();
  });

  it("ignores what has no place", () => {
    const tasks = [task("a", 30, { deadline: "2024-03-29T12:00" }), task("b", 500, { deadline: "2024-03-29T12:00" })];
    expect(planWeek(week({ tasks }), search())).toMatchObject({ unscheduled_tasks: ["b"], confidence_score: 1 });
  });
});

/** Minutes from 1970 on, all of it open. */
function step(id: string, start: number, minutes: number, deadline: number | null): Step {
  return {
    id,
    taskId: id,
    start: start * 60_000,
    end: (start + minutes) * 60_000,
    minutes,
    deadline: deadline === null ? null : deadline * 60_000,
    open: [{ start: 0, end: 1_000 * hour }],
  };
}

function chain(list: readonly { minutes: number; slack: number; gap: number }[]): Step[] {
  let clock = 0;
  return list.map(({ minutes, slack, gap }, index) => {
    clock += gap;
    const made = step(`t${index}`, clock, minutes, clock + minutes + slack);
    clock += minutes;
    return made;
  });
}
