import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GenerateAnswer, type GenerateRequest, OptimizeAnswer, OptimizeRequest } from "./contract/index.ts";
import { judge } from "./optimize/index.ts";
import { type House, serve, type Settings } from "./testing/serve.ts";
import { type Asking, moments, weekIn } from "./testing/weeks.ts";

// Whatever a request holds, the service has an answer that keeps the rules; it tells no one of a defect of its own.
// `BEQ_DEEP=1` asks it ten times as often, with the search as deep as it is for people.
const isDeep = process.env["BEQ_DEEP"] === "1";
const runs = isDeep ? 100 : 4;
const settings: Settings = {
  now: () => clock,
  ...(isDeep ? {} : { effort: { seed: 1, iterations: 50 } }),
};

let clock = 0;
let house: House;
beforeAll(async () => void (house = await serve(settings)));
afterAll(() => house[Symbol.asyncDispose]());

const asking = fc.constantFrom(...moments).chain((moment) => weekIn(moment));

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

  it("logs no defect of its own", () => {
    expect(house.lines().filter(({ level }) => level === "error")).toEqual([]);
  });
});

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
