import type { ScheduledEvent } from "@beq/scheduler/contract";
import { serve as serveScheduler } from "@beq/scheduler/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RevisedWeek, StoredSchedule } from "../src/schedule/schema.ts";
import { type Api, monday, serve } from "./serve.ts";

let scheduler: Awaited<ReturnType<typeof serveScheduler>>;
let api: Api;

beforeAll(async () => {
  scheduler = await serveScheduler({ now: () => monday, effort: { seed: 1, iterations: 500 } });
  api = await serve({ scheduler: scheduler.url, now: () => monday });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await scheduler[Symbol.asyncDispose]();
});

it("fits the week as it is wanted now into the plan, once it is applied", async () => {
  const user = await planned("edited", [task("a"), task("b"), task("c")]);
  const week = { tasks: [{ ...task("b"), title: "Renamed" }, task("c"), task("d")], planning_horizon_days: 5 };
  const shown = await user.preview(week);
  expect(tasksIn(shown.events)).toEqual(["b", "c", "d"]);
  expect((await user.get()).version).toBe(1);

  await user.apply(shown);
  const stored = await user.get();
  expect(stored).toMatchObject({ version: 2, planning_horizon_days: 5, events: shown.events });
  expect(stored.tasks.map(({ title }) => title)).toEqual(["Renamed", "Task c", "Task d"]);
});

it("moves nothing for a week that is the same", async () => {
  const user = await planned("same", [task("a"), task("b"), task("c")]);
  expect((await user.preview({ tasks: [task("a"), task("b"), task("c")] })).changes).toEqual([]);
});

it("plans around what a block carries out, without planning that task again", async () => {
  const user = await planned("pinned", [task("a"), task("b")]);
  const block = {
    id: "pin:a",
    task_id: "a",
    title: "Task a",
    start_time: "2030-03-25T15:00:00",
    end_time: "2030-03-25T16:00:00",
  };
  const shown = await user.preview({ tasks: [task("a"), task("b")], existing_events: [block] });
  expect(tasksIn(shown.events)).toEqual(["b"]);
  expect(shown.unscheduled).toEqual([]);
  await user.apply(shown);

  // And without the block it is planned again.
  const free = await user.preview({ tasks: [task("a"), task("b")] });
  expect(tasksIn(free.events)).toEqual(["a", "b"]);
});

it("answers what would be if a task took longer", async () => {
  const user = await planned("longer", [{ ...task("a"), deadline: "2030-03-25T12:00:00" }, task("b")]);
  const long = { ...task("a"), deadline: "2030-03-25T12:00:00", estimated_duration_minutes: 180 };
  const shown = await user.preview({ tasks: [long, task("b")] });
  const event = shown.events?.find(({ id }) => id === "a");
  expect(Date.parse(event?.end_time ?? "") - Date.parse(event?.start_time ?? "")).toBe(180 * 60_000);
});

it("is refused where the week breaks a rule between its fields", async () => {
  const user = await planned("ruled", [task("a")]);
  const week = { tasks: [{ ...task("a"), dependencies: ["ghost"] }] };
  expect(await user.post("reschedule", { week, preview: true })).toMatchObject({
    status: 422,
    body: { detail: [{ loc: ["body", "week", "tasks", 0, "dependencies", 0] }] },
  });
});

/** A user with a planned week, and what they may do with it. */
async function planned(user_id: string, tasks: object[]) {
  expect(await api.post("/api/v1/schedule/generate", { user_id, tasks })).toMatchObject({ status: 200 });
  const post = (verb: string, body: object) => api.post(`/api/v1/schedule/${user_id}/${verb}`, body);
  return {
    post,
    get: async () => (await api.get(`/api/v1/schedule/${user_id}`)).body as StoredSchedule,
    async preview(week: object): Promise<RevisedWeek> {
      const answer = await post("reschedule", { week, preview: true });
      expect(answer).toMatchObject({ status: 200, body: { success: true } });
      return answer.body as RevisedWeek;
    },
    async apply({ basis, optimized_schedule, unscheduled, warnings, confidence_score }: RevisedWeek): Promise<void> {
      const body = { basis, scheduled_events: optimized_schedule, unscheduled, warnings, confidence_score };
      expect(await post("apply", body)).toMatchObject({ status: 200 });
    },
  };
}

function tasksIn(events: readonly ScheduledEvent[] | null): string[] {
  return (events ?? []).flatMap(({ type, task_id: id }) => (type === "task" && id !== null ? [id] : [])).sort();
}

function task(id: string) {
  return { id, title: `Task ${id}`, estimated_duration_minutes: 60 };
}
