import type { ScheduledEvent } from "@beq/scheduler/contract";
import { serve as serveScheduler } from "@beq/scheduler/testing";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { GeneratedWeek, RevisedWeek, StoredSchedule } from "../src/schedule/schema.ts";
import { type Api, monday, serve } from "./serve.ts";

let scheduler: Awaited<ReturnType<typeof serveScheduler>>;
let api: Api;
let clock = monday;

beforeAll(async () => {
  scheduler = await serveScheduler({ now: () => clock, effort: { seed: 1, iterations: 500 } });
  api = await serve({ scheduler: scheduler.url, now: () => clock });
});
afterEach(() => {
  clock = monday;
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await scheduler[Symbol.asyncDispose]();
});

it("keeps no second place for a task that was pinned here before it was put by hand there", async () => {
  await generate("twice", { tasks: [task("a"), task("b")] });
  await putByHand("twice", "b", "2030-03-26T13:00:00");

  const pin = block("pin:b", "b", "2030-03-27T10:00:00");
  const { pinned_events: pinned } = await generate("twice", { tasks: [task("a"), task("b")], existing_events: [pin] });
  expect(pinned.map(({ id, start_time }) => `${id} ${start_time}`)).toEqual(["pin:b 2030-03-27T10:00:00+00:00"]);
  const { events, existing_events } = await stored("twice");
  expect(tasksIn(events).map(({ id }) => id)).toEqual(["a"]);
  expect(existing_events.map(({ id }) => id)).toEqual(["pin:b"]);
});

it("leaves the other times of a habit where they stand when one of them is put by hand", async () => {
  const habit = { ...task("run"), repeat: { days: ["mon", "tue", "wed"] } };
  const meeting = { ...block("m", "", "2030-03-26T09:00:00"), task_id: null, end_time: "2030-03-26T12:00:00" };
  await generate("habit", { tasks: [habit], existing_events: [meeting] });
  const before = tasksIn((await stored("habit")).events);
  const [first] = before;
  const pin = block(`pin:${first?.id}`, "run", "2030-03-25T15:00:00");
  const { body } = await api.post("/api/v1/schedule/habit/reschedule", {
    // The morning that it would have liked better is free now.
    week: { tasks: [habit], existing_events: [pin] },
    preview: true,
  });
  const revised = body as RevisedWeek;
  expect(before).toHaveLength(3);
  expect(revised.changes.filter(({ kind }) => kind !== "dropped")).toEqual([]);
  expect(tasksIn(revised.events ?? []).map(placeOf)).toEqual(before.slice(1).map(placeOf));
});

it("plans no more times of a habit in a week that has had them", async () => {
  const tasks = [{ ...task("run"), repeat: { times_per_week: 2 } }];
  await generate("runner", { tasks });
  const first = tasksIn((await stored("runner")).events);
  expect(first.map(({ id }) => id)).toEqual(["run#2030-W13-1", "run#2030-W13-2"]);
  clock = Date.parse(first[1]?.end_time ?? "") + 60_000;
  const { scheduled_events } = await generate("runner", { tasks });
  expect(tasksIn(scheduled_events).map(({ id }) => id)).toEqual(["run#2030-W14-1"]);
});

it("tells with a new plan what of the one before stands beside it: over, begun, or put by hand", async () => {
  const first = await generate("beside", { tasks: ["a", "b", "c"].map(task) });
  expect(first.kept_events).toEqual([]);
  await putByHand("beside", "b", "2030-03-26T13:00:00");
  const before = tasksIn((await stored("beside")).events);
  clock = Date.parse(before.find(({ id }) => id === "c")?.start_time ?? "") + 15 * 60_000;
  const week = { tasks: ["b", "c", "d"].map(task) };
  const places = placesIn(before);
  expect(places).toHaveLength(3);
  const shown = await generate("beside", { ...week, preview: true });
  expect(placesIn(shown.kept_events)).toEqual(places);

  const { kept_events, scheduled_events } = await generate("beside", week);
  expect(placesIn(kept_events)).toEqual(places);
  const { events } = await stored("beside");
  expect(placesIn(events).toSorted()).toEqual([...places, ...placesIn(scheduled_events)].toSorted());
});

it("does not tell again with every plan what is over for a week, and keeps it", async () => {
  await generate("history", { tasks: [task("a")] });
  clock = monday + 8 * 24 * 3_600_000;
  const { kept_events } = await generate("history", { tasks: [task("b")] });
  expect(placesIn(kept_events)).toEqual([]);
  expect(placesIn((await stored("history")).events)).toContain("a 2030-03-25T09:00");
});

it("says with a new plan anew how likely what was put by hand is in time", async () => {
  const due = (deadline: string) => ({ tasks: [{ ...task("b"), deadline: `2030-03-26T${deadline}:00` }] });
  await generate("anew", due("20:00"));
  await putByHand("anew", "b", "2030-03-26T13:00:00");
  const chance = async () => (await stored("anew")).events.find(({ id }) => id === "b")?.p_on_time;
  const before = await chance();
  await generate("anew", due("14:05"));
  expect(await chance()).toBeLessThan(before ?? 0);
});

async function putByHand(user: string, event_id: string, start_time: string): Promise<void> {
  const updates = [{ event_id, start_time, end_time: anHourAfter(start_time) }];
  expect(await api.post(`/api/v1/schedule/${user}/reschedule`, { updates })).toMatchObject({ status: 200 });
}

function placesIn(events: readonly ScheduledEvent[]): string[] {
  return tasksIn(events).map(({ id, start_time: start }) => `${id} ${start.slice(0, 16)}`);
}

async function generate(user_id: string, week: object): Promise<GeneratedWeek> {
  const { status, body } = await api.post("/api/v1/schedule/generate", { user_id, ...week });
  expect(status).toBe(200);
  return body as GeneratedWeek;
}

async function stored(userId: string): Promise<StoredSchedule> {
  return (await api.get(`/api/v1/schedule/${userId}`)).body as StoredSchedule;
}

function tasksIn(events: readonly ScheduledEvent[]): ScheduledEvent[] {
  return events.filter(({ type }) => type === "task");
}

function placeOf({ id, start_time: start }: ScheduledEvent): string {
  return `${id} ${start}`;
}

function block(id: string, task_id: string, start_time: string) {
  return {
    id,
    task_id,
    title: "Put by hand",
    start_time,
    end_time: anHourAfter(start_time),
  };
}

function anHourAfter(time: string): string {
  return time.replace(/T(\d\d)/, (_, hour) => `T${Number(hour) + 1}`);
}

function task(id: string) {
  return { id, title: `Task ${id}`, estimated_duration_minutes: 60 };
}
