import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GenerateRequest, isoIn, OptimizeRequest, type ScheduledEvent } from "../contract/index.ts";
import { moments, weekIn } from "../testing/weeks.ts";
import { monday, search, task, week } from "./builders.ts";
import { judge, planWeek, replan } from "./index.ts";

// With `BEQ_DEEP=1` ten times as many weeks.
const many = process.env["BEQ_DEEP"] === "1" ? 10 : 1;
// A smaller week is another week: what fails is told as it is.
const told = { endOnFailure: true };

describe("the same question", { timeout: 900_000 }, () => {
  it.each(moments.slice(0, 6))("has the same answer to the byte in %s from %s (seed 3)", (...moment) => {
    fc.assert(
      fc.property(weekIn(moment), ({ request, now }) => {
        const plan = () => JSON.stringify(planWeek(request, search(now, 60)));
        expect(plan()).toBe(plan());
      }),
      { ...told, seed: 3, numRuns: 4 * many },
    );
  });

  it("leaves a plan as it is, where only what no longer fits may move (seed 5)", () => {
    fc.assert(
      fc.property(ordinary(18), (request) => {
        expect(revise(request, planWeek(request, search()).scheduled_events).changes).toEqual([]);
      }),
      { ...told, seed: 5, numRuns: 10 * many },
    );
  });

  it("moves things for a better plan only where the gain is worth the moves (seed 6)", () => {
    fc.assert(
      fc.property(ordinary(18), (request) => {
        const { scheduled_events: events, cost } = planWeek(request, search());
        expect(revise(request, events, { least_change: false }).cost).toBeLessThanOrEqual(cost ?? 0);
      }),
      { ...told, seed: 6, numRuns: 10 * many },
    );
  });

  it("leaves the best plan there is as it is (seed 7)", () => {
    fc.assert(
      fc.property(ordinary(2), (request) => {
        const { scheduled_events: events, proof } = planWeek(request, search());
        fc.pre(proof === "optimal");
        expect(revise(request, events, { least_change: false }).changes).toEqual([]);
      }),
      { ...told, seed: 7, numRuns: 5 * many },
    );
  });
});

describe("at most two others move", { timeout: 900_000 }, () => {
  it("when a task is deleted (seed 11)", () => {
    fc.assert(
      fc.property(ordinary(18), fc.nat(), (request, which) => {
        const events = planWeek(request, search()).scheduled_events;
        const gone = request.tasks.filter(({ priority }) => priority === "low")[which % 3];
        fc.pre(gone !== undefined && !request.tasks.some(({ dependencies }) => dependencies.includes(gone.id)));
        const tasks = request.tasks.filter(({ id }) => id !== gone?.id);
        const left = events.filter(({ task_id: id }) => id === null || id !== gone?.id);
        expect(others(revise({ ...request, tasks }, left), [])).toBeLessThanOrEqual(2);
      }),
      { ...told, seed: 11, numRuns: 12 * many },
    );
  });

  it("when a meeting moves by an hour (seed 12)", () => {
    fc.assert(
      fc.property(ordinary(18), fc.nat(), (request, which) => {
        const events = planWeek(request, search()).scheduled_events;
        const moved = which % request.existing_events.length;
        const existing_events = request.existing_events.map((event, index) =>
          index === moved ? { ...event, start_time: later(event.start_time), end_time: later(event.end_time) } : event,
        );
        const hit = events.filter((each) => existing_events.some((event) => overlap(each, event)));
        const revised = revise({ ...request, existing_events }, events);
        expect(
          others(
            revised,
            hit.map(({ id }) => id),
          ),
        ).toBeLessThanOrEqual(2);
      }),
      { ...told, seed: 12, numRuns: 12 * many },
    );
  });

  it("when a task takes half as long again (seed 13)", () => {
    fc.assert(
      fc.property(ordinary(18), fc.nat(), (request, which) => {
        const events = planWeek(request, search()).scheduled_events;
        const long = request.tasks[which % request.tasks.length];
        const tasks = request.tasks.map((each) =>
          each === long ? { ...each, estimated_duration_minutes: each.estimated_duration_minutes * 1.5 } : each,
        );
        expect(others(revise({ ...request, tasks }, events), [long?.id ?? ""])).toBeLessThanOrEqual(2);
      }),
      { ...told, seed: 13, numRuns: 12 * many },
    );
  });

  it("when the task that is being done goes on for half an hour more (seed 15)", () => {
    fc.assert(
      fc.property(ordinary(18), fc.nat(), (request, which) => {
        const events = planWeek(request, search()).scheduled_events;
        const tasks = events.filter(({ type }) => type === "task");
        const running = tasks[which % tasks.length];
        fc.pre(running !== undefined);
        const now = Date.parse(running?.start_time ?? "") + 900_000;
        const end_time = iso(Date.parse(running?.end_time ?? "") + 1_800_000);
        const longer = { ...running, end_time } as ScheduledEvent;
        const after = events.map((each) => (each === running ? longer : each));
        const hit = events.filter((each) => overlap(each, longer));
        const revised = revise(request, after, { now });
        expect(
          others(
            revised,
            hit.map(({ id }) => id),
          ),
        ).toBeLessThanOrEqual(2);
      }),
      { ...told, seed: 15, numRuns: 12 * many },
    );
  });

  it("when a task is added (seed 14)", () => {
    fc.assert(
      fc.property(ordinary(18), fc.constantFrom("low", "high", "urgent"), (request, priority) => {
        const events = planWeek(request, search()).scheduled_events;
        const { tasks } = week({ tasks: [task("new", 60, { priority })] });
        const revised = revise({ ...request, tasks: [...request.tasks, ...tasks] }, events);
        expect(others(revised, ["new"])).toBeLessThanOrEqual(2);
      }),
      { ...told, seed: 14, numRuns: 12 * many },
    );
  });
});

/** A person's week in Paris: tasks of half an hour to two, six meetings; with 18 tasks two thirds of the time are taken. */
function ordinary(mostTasks: number): fc.Arbitrary<GenerateRequest> {
  return fc
    .record({
      tasks: fc.array(
        fc.record({
          quarters: fc.constantFrom(2, 4, 4, 6, 8),
          priority: fc.constantFrom("low", "low", "medium", "high", "urgent"),
          due: fc.option(fc.integer({ min: 1, max: 5 })),
          category: fc.constantFrom("work", "work", "work", "home"),
          preferred_time: fc.constantFrom("morning", "afternoon", null, null),
          waits: fc.integer({ min: 0, max: 8 }),
        }),
        { minLength: mostTasks / 2, maxLength: mostTasks },
      ),
      meetings: fc.uniqueArray(fc.integer({ min: 0, max: 29 }), { minLength: 6, maxLength: 6 }),
    })
    .map(({ tasks, meetings }) =>
      week({
        tasks: tasks.map(({ quarters, due, waits, ...said }, index) =>
          task(`t${index}`, quarters * 15, {
            ...said,
            deadline: due === null ? null : `2024-03-${24 + due}T17:00`,
            // One in nine waits for the task before it.
            dependencies: waits === 0 && index > 0 ? [`t${index - 1}`] : [],
          }),
        ),
        existing_events: meetings.map((slot) => {
          const start = monday + (Math.floor(slot / 6) * 24 + 2 + (slot % 6)) * 3_600_000;
          return { id: `m${slot}`, title: "meeting", start_time: iso(start), end_time: iso(start + 2_700_000) };
        }),
      }),
    );
}

/** The plan planned again after a change, and judged. */
function revise(
  request: GenerateRequest,
  existing_schedule: ScheduledEvent[],
  { least_change = true, now = monday }: { least_change?: boolean; now?: number } = {},
) {
  const asked = OptimizeRequest.parse({ ...request, existing_schedule, least_change });
  const answer = replan(asked, search(now, 2_000));
  expect(judge(asked, answer, now)).toEqual([]);
  return answer;
}

/** How many things other than these stand elsewhere, anew or not at all. */
function others({ changes }: { changes: readonly { event_id: string }[] }, touched: readonly string[]): number {
  return changes.filter(({ event_id: id }) => !touched.includes(id)).length;
}

type Timed = { start_time: string; end_time: string };

function overlap(a: Timed, b: Timed): boolean {
  return Date.parse(a.start_time) < Date.parse(b.end_time) && Date.parse(b.start_time) < Date.parse(a.end_time);
}

function later(text: string): string {
  return iso(Date.parse(text) + 3_600_000);
}

function iso(time: number): string {
  return isoIn("Europe/Paris", time);
}
