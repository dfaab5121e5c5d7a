import type { GenerateAnswer } from "@beq/scheduler/contract";
import { serve as serveScheduler } from "@beq/scheduler/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GeneratedWeek, RevisedWeek, StoredSchedule } from "../src/schedule/schema.ts";
import { noPostgres, startPostgres } from "./postgres.ts";
import { type Answer, type Api, monday, serve } from "./serve.ts";

const key = "a-key-of-sixteen-characters";
const afternoon = { start_time: "2030-03-25T15:00:00", end_time: "2030-03-25T16:00:00" };
const pin = { id: "pin:a", task_id: "a", title: "Task a", ...afternoon };

describe("what a plan says of itself, in the embedded database", () => {
  contract(async () => ({ SERVER_KEY: key }));
});

describe.skipIf(noPostgres)("what a plan says of itself, in PostgreSQL", () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  afterAll(() => postgres[Symbol.asyncDispose]());

  contract(async () => {
    postgres = await startPostgres();
    return { DATABASE_URL: postgres.url, SERVER_KEY: key };
  });
});

function contract(settings: () => Promise<Record<string, string>>) {
  let scheduler: Awaited<ReturnType<typeof serveScheduler>>;
  let api: Api;
  let clock = monday;
  beforeAll(async () => {
    const effort = { seed: 1, iterations: 500 };
    scheduler = await serveScheduler({ now: () => clock, effort });
    api = await serve({ env: await settings(), scheduler: scheduler.url, now: () => clock });
  });
  afterAll(async () => {
    await api[Symbol.asyncDispose]();
    await scheduler[Symbol.asyncDispose]();
  });

  it("is read back with it", async () => {
    const { answer, get } = await planned("reload", ["a", "b", "c"]);
    const { cost, lower_bound, optimality_gap, proof, days, reasoning } = answer;
    expect(cost).not.toBeNull();
    expect(days.length).toBeGreaterThan(0);
    expect((await get()).verdict).toMatchObject({ cost, lower_bound, optimality_gap, proof, days, reasoning });
  });

  it("goes with the plan that a preview showed, and stays away where the preview's word is not kept", async () => {
    const user = await planned("previewed", ["a", "b", "c"]);
    const shown = await user.reschedule({ updates: [{ event_id: "a", ...afternoon }], preview: true });
    const verdict = { ...shown, reasoning: shown.improvements.join(" "), alternative_suggestions: [] };
    expect(await user.apply(shown, { verdict })).toMatchObject({
      status: 200,
      body: { verdict: { cost: shown.cost } },
    });
    expect((await user.get()).verdict).toMatchObject({ cost: shown.cost, proof: shown.proof, days: shown.days });

    const again = await user.reschedule({ updates: [{ event_id: "b", ...afternoon }], preview: true });
    expect(await user.apply(again, {})).toMatchObject({ status: 200, body: { verdict: null } });
    const { events, verdict: none } = await user.get();
    expect(none).toBeNull();
    expect(events.find(({ id }) => id === "b")).toMatchObject({ pinned: true, eta: null, explanation: null });
  });

  it("is refused where its numbers cannot be", async () => {
    const user = await planned("boasting", ["a", "b"]);
    const shown = await user.reschedule({ updates: [{ event_id: "a", ...afternoon }], preview: true });
    const boast = { ...shown, lower_bound: (shown.cost ?? 0) + 1, optimality_gap: 0, proof: "optimal" };
    const verdict = { ...boast, reasoning: "", alternative_suggestions: [] };
    expect(await user.apply(shown, { verdict })).toMatchObject({
      status: 422,
      body: { detail: [{ msg: expect.stringContaining("above the cost") }, {}, {}] },
    });
  });

  it("comes back with its version, unless time has taken a part of it", async () => {
    const user = await planned("back", ["a", "b"]);
    const before = await user.get();
    await user.reschedule({ updates: [{ event_id: "a", ...afternoon }] });
    expect((await user.get()).verdict?.cost).not.toBe(before.verdict?.cost);
    await user.post("restore", { version: 2 });
    expect((await user.get()).verdict).toEqual(before.verdict);

    await user.reschedule({ updates: [{ event_id: "a", ...afternoon }] });
    clock = Date.parse(before.events[0]?.start_time ?? "") + 30 * 60_000;
    const { body } = await user.post("restore", { version: 4 });
    clock = monday;
    expect((body as StoredSchedule).verdict).toBeNull();
  });

  it("says of a plan of which a part was planned what holds for the whole", async () => {
    const user = await planned("part", ["a", "b", "c"]);
    const period = { user_id: "part", start_date: "2030-03-25", end_date: "2030-03-30", brick_ids: ["a"] };
    const { body } = await ask("optimize", period);
    expect((body as RevisedWeek).cost).not.toBeNull();
    const { verdict } = await user.get();
    expect(verdict).toMatchObject({ cost: null, lower_bound: null, optimality_gap: null, proof: "none" });
    expect(verdict?.days.length).toBeGreaterThan(0);
  });

  it("says of what was put by hand how likely it is in time there", async () => {
    const due = { ...task("a"), deadline: "2030-03-25T18:00:00" };
    const { answer, get } = await planned("by-hand", [due, "b"], [pin]);
    expect(answer.pinned_events).toMatchObject([{ id: "pin:a", task_id: "a", pinned: true }]);
    const chance = answer.pinned_events[0]?.p_on_time;
    expect(chance).toBe(answer.confidence_score);
    expect((await get()).verdict?.pinned_events).toMatchObject([{ id: "pin:a", p_on_time: chance }]);
  });

  it("is said anew of a block that was moved by hand, where it stands now", async () => {
    const due = { ...task("a"), deadline: "2030-03-25T16:05:00" };
    const user = await planned("moved", [due, "b"]);
    const event = async () => (await user.get()).events.find(({ id }) => id === "a");
    const before = await event();
    await user.reschedule({ updates: [{ event_id: "a", ...afternoon }] });
    const after = await event();
    expect(after).toMatchObject({ pinned: true, reason: expect.stringContaining("by hand") });
    expect(after?.p_on_time).toBeLessThan(before?.p_on_time ?? 0);
    expect(after?.explanation).not.toEqual(before?.explanation);
  });

  it("writes no version for other plans that are only asked for, and stores the one that is taken", async () => {
    const user = await planned("asking", ["a", "b", "c"]);
    const before = await user.get();
    const week = { user_id: "asking", tasks: ["a", "b", "d"].map(task), alternatives: 2 };
    const { body } = await ask("generate", { ...week, preview: true });
    const shown = body as GeneratedWeek;
    expect(await user.get()).toEqual(before);

    expect(
      await user.apply({ ...shown, optimized_schedule: shown.scheduled_events }, { verdict: shown }),
    ).toMatchObject({
      status: 200,
      body: { version: 2, verdict: { cost: shown.cost } },
    });
    const { tasks, events } = await user.get();
    expect(tasks.map(({ id }) => id)).toEqual(["a", "b", "d"]);
    expect(events).toEqual(shown.scheduled_events);
  });

  it("stores what was only asked for by who had no plan, once", async () => {
    const week = { user_id: "first", tasks: [task("a")], preview: true };
    const shown = (await ask("generate", week)).body as GeneratedWeek;
    expect(await stored("first")).toMatchObject({ version: null });
    const { basis, scheduled_events, unscheduled, warnings, confidence_score } = shown;
    const plan = { basis, scheduled_events, unscheduled, warnings, confidence_score };
    expect(await ask("first/apply", plan)).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await ask("first/apply", plan)).toMatchObject({ status: 409 });
  });

  async function planned(user_id: string, tasks: (string | object)[], existing_events: object[] = []) {
    const week = { user_id, tasks: tasks.map((one) => (typeof one === "string" ? task(one) : one)), existing_events };
    const { status, body } = await ask("generate", week);
    expect(status).toBe(200);
    const post = (verb: string, input: object) => ask(`${user_id}/${verb}`, input);
    return {
      answer: body as GenerateAnswer,
      post,
      get: () => stored(user_id),
      async reschedule(input: object): Promise<RevisedWeek> {
        const answer = await post("reschedule", input);
        expect(answer).toMatchObject({ status: 200, body: { success: true } });
        return answer.body as RevisedWeek;
      },
      apply(shown: Applied, more: object) {
        const { basis, optimized_schedule: scheduled_events, unscheduled, warnings, confidence_score } = shown;
        return post("apply", { basis, scheduled_events, unscheduled, warnings, confidence_score, ...more });
      },
    };
  }

  function ask(path: string, input: object): Promise<Answer> {
    return api.post(`/api/v1/schedule/${path}`, input, { "x-api-key": key });
  }

  async function stored(userId: string): Promise<StoredSchedule> {
    return (await api.get(`/api/v1/schedule/${userId}`, { "x-api-key": key })).body as StoredSchedule;
  }
}

type Applied = Pick<RevisedWeek, "basis" | "optimized_schedule" | "unscheduled" | "warnings" | "confidence_score">;

function task(id: string) {
  return { id, title: `Task ${id}`, estimated_duration_minutes: 60 };
}
