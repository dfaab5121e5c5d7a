import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GenerateAnswer, GenerateRequest, isoIn, OptimizeAnswer, OptimizeRequest } from "./contract/index.ts";
import { judge } from "./optimize/index.ts";
import { type House, serve, type Settings } from "./testing/serve.ts";
import { type Asking, moments, strayIn, weekIn } from "./testing/weeks.ts";

// Whatever a request holds, the service has an answer that keeps the rules; it tells no one of a defect of its own.
// `BEQ_DEEP=1` asks it ten times as often, with the search as deep as it is for people.
const isDeep = process.env["BEQ_DEEP"] === "1";
const runs = isDeep ? 100 : 4;
const settings: Settings = {
  now: () => clock,
  ...(isDeep ? {} : { effort: { seed: 1, iterations: 50 } }),
};

const morning = Date.UTC(2024, 2, 25, 8);
let clock = 0;
let house: House;
beforeAll(async () => void (house = await serve(settings)));
afterAll(() => house[Symbol.asyncDispose]());

const asking = fc.constantFrom(...moments).chain((moment) => weekIn(moment));
const strayed = fc
  .constantFrom(...moments)
  .chain((moment) => fc.tuple(weekIn(moment, 8), strayIn(moment)))
  .map(([asked, existing_schedule]) => ({ ...asked, existing_schedule }));

describe("the service", { timeout: 900_000 }, () => {
  it("plans any week, with up to three other plans, by the rules (seed 1)", async () => {
    await fc.assert(
      fc.asyncProperty(asking, fc.nat(3), async (asked, alternatives) => {
        const request = { ...asked.request, alternatives };
        expect(judge(request, await generated({ ...asked, request }), asked.now)).toEqual([]);
      }),
      { seed: 1, numRuns: runs, endOnFailure: true },
    );
  });

  it("plans it again later, with new wishes, by the rules (seed 2)", async () => {
    await fc.assert(
      fc.asyncProperty(asking, fc.nat(60), fc.boolean(), async (asked, hours, least_change) => {
        const { scheduled_events: existing_schedule } = await generated(asked);
        const now = asked.now + hours * 3_600_000;
        const request = OptimizeRequest.parse({ ...changed(asked.request), existing_schedule, least_change });
        expect(judge(request, OptimizeAnswer.parse(await answer("optimize", request, now)), now)).toEqual([]);
      }),
      { seed: 2, numRuns: runs, endOnFailure: true },
    );
  });

  it("revises a plan that was made for other tasks, by the rules (seed 4)", async () => {
    const goals = fc.subarray(["improve_efficiency", "reduce_conflicts", "balance_workload", "toString"]);
    await fc.assert(
      fc.asyncProperty(strayed, goals, fc.boolean(), async (stray, optimization_goals, least_change) => {
        const { request: week, now, existing_schedule } = stray;
        const request = OptimizeRequest.parse({ ...week, existing_schedule, optimization_goals, least_change });
        expect(judge(request, OptimizeAnswer.parse(await answer("optimize", request, now)), now)).toEqual([]);
      }),
      { seed: 4, numRuns: 2 * runs, endOnFailure: true },
    );
  });

  it("gives the same answer from one thread and from another (seed 3)", async () => {
    await using other = await serve(settings);
    await fc.assert(
      fc.asyncProperty(asking, async ({ request, now }) => {
        clock = now;
        const [first, second] = await Promise.all([house, other].map((each) => each.post("/api/v1/schedule", request)));
        const text = (body: unknown) => JSON.stringify({ ...(body as object), processing_time_seconds: 0 });
        expect(text(second?.body)).toBe(text(first?.body));
      }),
      { seed: 3, numRuns: runs / 2, endOnFailure: true },
    );
  });

  it("leaves events that may be moved where they take no rest from work (seed 3)", async () => {
    await fc.assert(
      fc.asyncProperty(amongEvents, async (request) => {
        expect(judge(request, await generated({ request, now: morning }), morning)).toEqual([]);
      }),
      { seed: 3, numRuns: 10 * runs, endOnFailure: true },
    );
  });

  it("logs no defect of its own", () => {
    expect(house.lines().filter(({ level }) => level === "error")).toEqual([]);
  });
});

/** A day or a week of tasks that want rest between them, and events off every grid. */
const amongEvents = fc
  .record({
    minutes: fc.array(fc.constantFrom(10, 15, 30, 45, 60), { minLength: 3, maxLength: 8 }),
    events: fc.array(
      fc.record({
        at: fc.integer({ min: 30, max: 700 }),
        lasts: fc.constantFrom(1, 5, 30, 60),
        is_moveable: fc.constant(true),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    work: fc.constantFrom(1, 15, 45),
    rest: fc.constantFrom(5, 15, 20),
    planning_horizon_days: fc.constantFrom(1, 6),
  })
  .map(({ minutes, events, work, rest, planning_horizon_days }) =>
    GenerateRequest.parse({
      user_id: "ada",
      planning_horizon_days,
      user_preferences: { break_frequency_minutes: work, break_duration_minutes: rest },
      tasks: minutes.map((each, index) => ({ id: `t${index}`, title: "t", estimated_duration_minutes: each })),
      existing_events: events.map(({ at, lasts, is_moveable }, index) => ({
        id: `e${index}`,
        title: "e",
        start_time: isoIn("UTC", morning + at * 60_000),
        end_time: isoIn("UTC", morning + (at + lasts) * 60_000),
        is_moveable,
      })),
    }),
  );

/** One task less, one that takes longer, one that is new. */
function changed(request: GenerateRequest): GenerateRequest {
  const [gone, long, ...others] = request.tasks;
  if (!gone || !long) return request;
  const kept = [long, ...others].map((task) => ({
    ...task,
    dependencies: task.dependencies.filter((id) => id !== gone.id),
  }));
  const tasks = kept.map((task) => ({
    ...task,
    dependency_lags: Object.fromEntries(Object.entries(task.dependency_lags).filter(([id]) => id !== gone.id)),
    estimated_duration_minutes: task.estimated_duration_minutes + (task.id === long.id && !task.split ? 30 : 0),
  }));
  return { ...request, tasks: [...tasks, { ...gone, id: "new", dependencies: [], dependency_lags: {} }] };
}

async function generated({ request, now }: Asking): Promise<GenerateAnswer> {
  return GenerateAnswer.parse(await answer("schedule", request, now));
}

async function answer(what: "schedule" | "optimize", request: object, now: number): Promise<unknown> {
  clock = now;
  const { status, text, body } = await house.post(`/api/v1/${what}`, request);
  expect([status, text]).toEqual([200, expect.stringMatching(/^\{"success"/)]);
  return body;
}
