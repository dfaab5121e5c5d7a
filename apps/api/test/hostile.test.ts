import { serve as serveScheduler } from "@beq/scheduler/testing";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RevisedWeek } from "../src/schedule/schema.ts";
import { type Api, monday, serve } from "./serve.ts";

let scheduler: Awaited<ReturnType<typeof serveScheduler>>;
let api: Api;
beforeAll(async () => {
  scheduler = await serveScheduler({ now: () => monday, effort: { seed: 1, iterations: 50 } });
  api = await serve({ scheduler: scheduler.url });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await scheduler[Symbol.asyncDispose]();
});

it("never fails, whatever weeks and moves it is asked for one after the other (seed 12)", async () => {
  await fc.assert(
    fc.asyncProperty(week(), fc.nat(), async (body, pick) => {
      const user = encodeURIComponent(String(body.user_id));
      expect(await api.post("/api/v1/schedule/generate", body)).toSatisfy(isNoDefect);
      expect(await api.post("/trpc/schedule.generate", body)).toSatisfy(isNoDefect);

      const { events = [] } = (await api.get(`/api/v1/schedule/${user}`)).body as { events?: { id: string }[] };
      const updates = [{ event_id: events[pick % events.length]?.id ?? "none", ...span }];
      expect(await api.post(`/api/v1/schedule/${user}/reschedule`, { updates })).toSatisfy(isNoDefect);
      const task_id = body.tasks[pick % Math.max(1, body.tasks.length)]?.id ?? "none";
      const change = { task_id, estimated_duration_minutes: 1 + (pick % 600) };
      const shown = await api.post(`/api/v1/schedule/${user}/reschedule`, { task_changes: [change], preview: true });
      expect(shown).toSatisfy(isNoDefect);
      const { success, basis, optimized_schedule: scheduled_events, confidence_score } = shown.body as RevisedWeek;
      const plan = { basis, scheduled_events, confidence_score };
      const applied = await api.post(`/api/v1/schedule/${user}/apply`, plan);
      // What was shown holds: it was judged before it was shown.
      expect(applied).toSatisfy(({ status }) => (success ? status === 200 : status < 500));
      expect(await api.post(`/api/v1/schedule/${user}/restore`, { version: basis?.version })).toSatisfy(isNoDefect);
      const period = { user_id: body.user_id, start_date: "2030-03-25", end_date: "2030-04-05T10:10:10" };
      expect(await api.post("/api/v1/schedule/optimize", period)).toSatisfy(isNoDefect);
    }),
    { numRuns: 40, seed: 12 },
  );
}, 600_000);

it("never fails on what is no week at all (seed 4)", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("generate", "optimize", "u/reschedule", "u/apply", "u/restore"),
      fc.json(),
      async (path, text) => {
        expect(await api.post(`/api/v1/schedule/${path}`, text)).toSatisfy(isNoDefect);
      },
    ),
    { numRuns: 150, seed: 4 },
  );
});

const span = { start_time: "2030-03-26T10:00:00", end_time: "2030-03-26T11:07:00" };

function isNoDefect({ status }: { status: number }): boolean {
  return status < 500;
}

/** Weeks of odd zones, hours, spans and names, mostly well-formed. */
function week() {
  const time = fc.constantFrom(
    "0001-01-01T00:00:00",
    "2030-03-25",
    "2030-03-25T09:00:00",
    "2030-03-26T11:11:11",
    "2030-03-27T13:00:00+05:30",
    "2030-03-31T02:30:00",
    "9999-12-31T23:59:59Z",
  );
  const task = fc.record(
    {
      id: fc.constantFrom("a", "b", "c", "e1", "lunch-2030-03-25", "break-2030-03-25T10:30:00+00:00"),
      title: odd(fc.constant("T")),
      category: fc.constantFrom("work", "home"),
      priority: odd(fc.constantFrom("low", "urgent")),
      estimated_duration_minutes: odd(fc.constantFrom(1, 7, 60, 480, 1_440)),
      deadline: odd(time),
      deadline_is_hard: fc.boolean(),
      preferred_time: fc.constantFrom("morning", "evening", null),
      dependencies: fc.subarray(["a"]),
    },
    { requiredKeys: ["id", "title", "estimated_duration_minutes"] },
  );
  const event = fc.record(
    {
      id: fc.constantFrom("a", "e1", "lunch-2030-03-25"),
      title: fc.string(),
      start_time: time,
      end_time: time,
      is_moveable: fc.boolean(),
      task_id: fc.constantFrom("a", "ghost", null),
    },
    { requiredKeys: ["id", "title", "start_time", "end_time"] },
  );
  const preferences = fc.record(
    {
      timezone: fc.constantFrom("Pacific/Apia", "Australia/Lord_Howe", "Africa/Casablanca", "Etc/GMT+12"),
      work_start_time: fc.constantFrom("00:00", "09:00", "22:00"),
      work_end_time: fc.constantFrom("00:00", "17:00", "00:01"),
      work_days: fc.subarray(["mon", "tue", "sun"]),
      break_frequency_minutes: fc.constantFrom(1, 90),
      break_duration_minutes: odd(fc.constantFrom(1, 120)),
      lunch_time: fc.constantFrom("00:00", "12:00", "23:30"),
      lunch_duration_minutes: fc.constantFrom(1, 180),
    },
    { requiredKeys: [] },
  );
  return fc.record(
    {
      user_id: odd(fc.constantFrom("u1", "u2", "../../x")),
      tasks: fc.uniqueArray(task, { maxLength: 5, selector: ({ id }) => id }),
      existing_events: fc
        .uniqueArray(event, { maxLength: 3, selector: ({ id }) => id })
        .map((events) => events.filter((each) => each.end_time > each.start_time)),
      user_preferences: preferences,
      planning_horizon_days: fc.constantFrom(1, 7, 90),
      planning_start: odd(time),
    },
    { requiredKeys: ["user_id", "tasks"] },
  );
}

/** Now and then something else altogether. */
function odd<T>(usual: fc.Arbitrary<T>) {
  return fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) });
}
