import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { monday, search, task, week } from "../builders.ts";
import type { Step } from "./carry.ts";
import { coarse, simulate as run } from "./confidence.ts";
import { createOverrun } from "./history.ts";
import { planWeek } from "../index.ts";
import { createPrior } from "./prior.ts";
import { openTime } from "./steps.ts";

const hour = 3_600_000;
const day = 24 * hour;
const overrun = createOverrun([], createPrior());

describe("confidence", () => {
  it("is 1 when nothing has a deadline", () => {
    expect(simulate([step("a", 0, 60, null)])).toMatchObject({ score: 1 });
  });

  it("is the share of the prior below the slack, for one task", () => {
    const ratios = createPrior()(45);
    for (const ratio of [0.8, 1, 1.5, 2.25]) {
      const share = ratios.filter((each) => each <= ratio).length / ratios.length;
      expect(simulate([step("a", 0, 45, 45 * ratio)]).score).toBeCloseTo(share, 2);
    }
  });

  it("is 0 when the deadline is before the start, and 1 with all the time in the world", () => {
    expect(simulate([step("a", 60, 45, 30)]).score).toBe(0);
    expect(simulate([step("a", 0, 45, 45 * 40)]).score).toBe(1);
  });

  it("suffers from what runs late before: time is pushed right", () => {
    const alone = simulate([step("b", 60, 30, 100)]).score;
    const after = simulate([step("a", 0, 60, null), step("b", 60, 30, 100)]).score;
    expect(after).toBeLessThan(alone - 0.1);
  });

  it("lets work go on only in open time: a night between costs no minute of it", () => {
    const late = { ...step("a", 7 * 60, 60, 24 * 60 + 30), open: workdays };
    // An hour of today and half an hour of tomorrow: the same as ninety minutes in a row.
    expect(simulate([late]).score).toBe(simulate([step("a", 0, 60, 90)]).score);
  });

  it("does not let work that goes on tomorrow keep an errand from tonight", () => {
    const evening = [{ start: 0, end: 14 * hour }];
    const errand = { ...step("b", 9 * 60, 60, 13 * 60), open: evening };
    const work = { ...step("a", 7 * 60, 60, null), open: workdays };
    expect(simulate([work, errand]).score).toBe(simulate([errand]).score);
  });

  it("waits with an errand for work that is under way", () => {
    const errand = { ...step("b", 7 * 60, 30, 8 * 60), open: [{ start: 0, end: 14 * hour }] };
    const work = { ...step("a", 6 * 60, 60, null), open: workdays };
    expect(simulate([work, errand]).score).toBeLessThan(simulate([errand]).score - 0.1);
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

  it("waits for what a step waits for, and keeps its buffers free", () => {
    const [first, second] = [step("a", 0, 60, null), step("b", 120, 30, 160)];
    const pushed = simulate([first, second]).score;
    const lagging = { ...second, waits: [{ id: "a", lag: hour }] };
    const buffered = { ...second, before: hour };
    expect(simulate([first, lagging]).score).toBeLessThan(pushed - 0.05);
    expect(simulate([first, buffered])).toEqual(simulate([first, lagging]));
  });

  it("has a split task done when its last piece is, and draws one ratio for all of it", () => {
    const whole = step("a", 0, 120, 150);
    const part = { ...whole, doing: "a", minutes: 60, estimate: 120 };
    const pieces = [
      { ...part, id: "a#1", end: hour },
      { ...part, id: "a#2", start: hour },
    ];
    const split = simulate(pieces);
    const { score, forecasts } = simulate([whole]);
    expect(split.score).toBe(score);
    expect(split.forecasts.get("a#1")).toEqual(forecasts.get("a"));
    expect(split.forecasts.get("a#2")).toEqual(forecasts.get("a"));
  });

  it("does not count a task of which a piece has no place", () => {
    const torn = { ...step("a", 0, 60, 1), isWhole: false };
    const { score, forecasts } = simulate([torn, step("b", 60, 30, null)]);
    expect(score).toBe(1);
    expect(forecasts.get("a")).toMatchObject({ onTime: 0, p95: Infinity });
  });

  it("says when a task ends, by how sure one can be", () => {
    const { forecasts } = simulate([step("a", 0, 60, null)]);
    const ends = createPrior()(60).map((ratio) => ratio * hour);
    const share = (time = 0) => ends.filter((end) => end <= time).length / ends.length;
    const { p50, p80, p95 } = forecasts.get("a") ?? {};
    expect(share(p50)).toBeGreaterThan(0.49);
    expect(share(p80)).toBeGreaterThan(0.79);
    expect(share(p95)).toBeGreaterThan(0.94);
  });

  it("does not name an end that is not within the days planned", () => {
    const tight = { ...step("a", 0, 60, null), open: [{ start: 0, end: hour }] };
    expect(simulate([tight]).forecasts.get("a")).toMatchObject({ p50: hour, p95: Infinity });
  });

  it("says of each day how likely all is done that is planned to end on it", () => {
    const steps = [
      { ...step("a", 7 * 60, 60, null), open: workdays },
      { ...step("b", 25 * 60, 60, null), open: workdays },
    ];
    const days = [0, 1, 2].map((number) => ({ start: number * day, end: (number + 1) * day }));
    const { days: holds } = run(steps, { seed: 1, overrun, days });
    expect(holds[0]).toBe(simulate([step("a", 0, 60, 60)]).score);
    expect(holds[1]).toBeGreaterThan(0.95);
    expect(holds[2]).toBe(1);
  });

  it("is given up when it is told to, and coarser with fewer draws", () => {
    const steps = chain(Array.from({ length: 40 }, () => ({ minutes: 60, slack: 300, gap: 0 })));
    let asked = 0;
    const heed = () => {
      asked += 1;
      if (asked > 3) throw new Error("nobody waits");
    };
    expect(() => run(steps, { seed: 1, overrun, heed })).toThrow("nobody waits");
    expect(asked).toBe(4);
    const fine = simulate(steps).score;
    expect(Math.abs(run(steps, { seed: 1, overrun, draws: coarse }).score - fine)).toBeLessThan(0.1);
  });

  it("comes with the plan, task by task, and is the same each time", () => {
    const request = week({ tasks: [task("a", 120, { deadline: "2024-03-25T12:00" }), task("b", 60)] });
    const plan = planWeek(request, search(monday));
    expect(plan.confidence_score).toBeGreaterThan(0.6);
    expect(plan.confidence_score).toBeLessThan(1);
    const byId = new Map(plan.scheduled_events.map((each) => [each.id, each]));
    expect(byId.get("a")?.p_on_time).toBe(plan.confidence_score);
    expect(byId.get("b")?.p_on_time).toBeNull();
    const { p50, p80, p95 } = byId.get("b")?.eta ?? {};
    expect([p50, p80, p95].map((time) => Date.parse(time ?? ""))).toEqual(
      [p50, p80, p95].map((time) => Date.parse(time ?? "")).sort((a, b) => a - b),
    );
    expect(plan.days.map(({ date }) => date)).toContain("2024-03-25");
    expect(planWeek(request, search(monday))).toEqual(plan);
  });

  it("learns from the person's own actuals", () => {
    const tasks = [task("a", 120, { deadline: "2024-03-25T12:00" })];
    const slow = Array.from({ length: 40 }, () => ({ estimated_minutes: 120, actual_minutes: 300 }));
    const exact = Array.from({ length: 40 }, () => ({ estimated_minutes: 120, actual_minutes: 120 }));
    const [late = 1, unknown = 0, sure = 0] = [slow, [], exact].map(
      (actuals) => planWeek(week({ tasks, actuals }), search(monday)).confidence_score,
    );
    expect(unknown).toBeGreaterThan(late + 0.1);
    expect(sure).toBeGreaterThan(unknown + 0.1);
  });

  it("ignores what has no place", () => {
    const tasks = [task("a", 30, { deadline: "2024-03-29T12:00" }), task("b", 500, { deadline: "2024-03-29T12:00" })];
    expect(planWeek(week({ tasks }), search())).toMatchObject({ unscheduled_tasks: ["b"], confidence_score: 1 });
  });
});

describe("in a fixed order, the chance of being on time", () => {
  const links = fc.array(
    fc.record({
      minutes: fc.integer({ min: 5, max: 200 }),
      slack: fc.integer({ min: 0, max: 300 }),
      gap: fc.nat(60),
      isErrand: fc.boolean(),
    }),
    { minLength: 2, maxLength: 6 },
  );

  it("never falls with a later deadline or more slack before it, for any task (seed 42)", () => {
    fc.assert(
      fc.property(links, fc.nat(5), fc.integer({ min: 1, max: 200 }), (list, pick, more) => {
        const steps = chain(list);
        const chosen = pick % steps.length;
        const later = steps.map((each, index) =>
          index === chosen ? { ...each, deadline: (each.deadline ?? 0) + more * 60_000 } : each,
        );
        expect(leastGain(steps, later)).toBeGreaterThanOrEqual(0);
        // All deadlines from the chosen task on, with the work where it is.
        const slacker = steps.map((each, index) =>
          index < chosen ? each : { ...each, deadline: (each.deadline ?? 0) + more * 60_000 },
        );
        expect(leastGain(steps, slacker)).toBeGreaterThanOrEqual(0);
      }),
      { seed: 42, numRuns: 40 },
    );
  });

  it("never rises with another task before it, for any task (seed 43)", () => {
    fc.assert(
      fc.property(links, fc.nat(5), (list, pick) => {
        const steps = chain(list);
        const fewer = steps.filter((_, index) => index !== pick % steps.length);
        expect(leastGain(steps, fewer)).toBeGreaterThanOrEqual(0);
      }),
      { seed: 43, numRuns: 40 },
    );
  });

  it("never falls when a task is planned earlier (seed 44)", () => {
    fc.assert(
      fc.property(links, fc.nat(5), fc.integer({ min: 1, max: 60 }), (list, pick, minutes) => {
        const steps = chain(list);
        fc.pre(steps.every(({ end }) => end <= 8 * hour));
        const chosen = pick % steps.length;
        const sooner = steps.map((each, index) =>
          index === chosen ? { ...each, start: each.start - minutes * 60_000, end: each.end - minutes * 60_000 } : each,
        );
        expect(leastGain(steps, sooner)).toBeGreaterThanOrEqual(0);
      }),
      { seed: 44, numRuns: 40 },
    );
  });
});

const workdays = [
  { start: 0, end: 8 * hour },
  { start: 24 * hour, end: 32 * hour },
];

function simulate(steps: readonly Step[]) {
  return run(steps, { seed: 9, overrun });
}

/** By how much the chance of any task of `better`, or of all, has risen at least. */
function leastGain(worse: readonly Step[], better: readonly Step[]): number {
  const [before, after] = [simulate(worse), simulate(better)];
  const gains = better.map(
    ({ id }) => (after.forecasts.get(id)?.onTime ?? 0) - (before.forecasts.get(id)?.onTime ?? 1),
  );
  return Math.min(after.score - before.score, ...gains);
}

/** Minutes from 1970 on, all of it open. */
function step(id: string, start: number, minutes: number, deadline: number | null): Step {
  return {
    id,
    doing: id,
    start: start * 60_000,
    end: (start + minutes) * 60_000,
    minutes,
    estimate: minutes,
    category: "work",
    deadline: deadline === null ? null : deadline * 60_000,
    isWhole: true,
    open: always,
    before: 0,
    after: 0,
    waits: [],
  };
}

const always = [{ start: 0, end: 1_000 * hour }];

/** One after the other, through days of eight hours and, for errands, of fourteen. */
function chain(list: readonly { minutes: number; slack: number; gap: number; isErrand?: boolean }[]): Step[] {
  const days = Array.from({ length: 30 }, (_, index) => index * day);
  const work = days.map((start) => ({ start, end: start + 8 * hour }));
  const errands = days.map((start) => ({ start, end: start + 14 * hour }));
  let clock = 0;
  return list.map(({ minutes, slack, gap, isErrand }, index) => {
    clock += gap;
    const made = { ...step(`t${index}`, clock, minutes, clock + minutes + slack), open: isErrand ? errands : work };
    clock += minutes;
    return made;
  });
}
