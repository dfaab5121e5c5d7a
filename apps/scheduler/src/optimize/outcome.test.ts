import { describe, expect, it } from "vitest";
import { monday, search, task, week } from "./builders.ts";
import { planWeek, posedWeek } from "./index.ts";
import { pursue } from "./pieces/pursue.ts";

const split = { min_minutes: 30, max_minutes: 60 };
const deadline = "2024-03-27T12:00";
const tasks = [
  ...["a", "b", "c", "d"].map((id) => task(id, 90, { deadline, priority: "high" })),
  task("e", 120, { split, deadline }),
  task("f", 150, { split, preferred_time: "morning" }),
  task("g", 60, { category: "home" }),
];
const request = week({ tasks, alternatives: 3 });

describe("time that ends the work", () => {
  it("is told of wherever it does, or changes nothing", { timeout: 120_000 }, () => {
    let calls = 0;
    const plan = (last: number) => {
      calls = 0;
      return planWeek(request, { ...search(), outOfTime: () => (calls += 1) > last });
    };
    const whole = plan(Infinity);
    const all = calls;
    expect(whole).toMatchObject({ time_limited: false, alternatives: [{}, {}, {}] });
    const cut = Array.from({ length: 24 }, (_, moment) => plan(Math.floor((moment * all) / 24)));
    const silent = cut.filter(({ time_limited: isLimited }) => !isLimited);
    expect(silent.length).toBeLessThan(cut.length);
    expect(silent).toEqual(silent.map(() => whole));
  });

  it("is told of where it ends the last touches, when all steps are done", () => {
    let calls = 0;
    const found = (last: number) => {
      calls = 0;
      return pursue(posedWeek(request, monday), { ...search(), outOfTime: () => (calls += 1) > last }).cut;
    };
    expect(found(Infinity)).toBe(null);
    expect(found(calls - 1)).toEqual({ done: 200, asked: 200 });
  });

  it("is told of in words where it came before the search was through", () => {
    const { warnings } = planWeek(request, { ...search(), outOfTime: () => true });
    expect(warnings).toContainEqual(
      expect.stringMatching(/^The search was stopped by its time limit after \d+ of 200 steps/),
    );
  });

  it("is told of in words where no other plans were looked for any more", () => {
    const { alternatives, time_limited, warnings } = planWeek(request, {
      ...search(monday),
      ...late(),
    });
    expect({ alternatives, time_limited }).toEqual({ alternatives: [], time_limited: true });
    expect(warnings.at(-1)).toBe("Time ran out before 3 more plans beside this one could be found.");
  });
});

/** Time is over when the plan is there. */
function late(): Pick<ReturnType<typeof search>, "outOfTime" | "find"> {
  let isOver = false;
  return {
    outOfTime: () => isOver,
    find: (...asked) => {
      const known = pursue(...asked);
      isOver = true;
      return known;
    },
  };
}
