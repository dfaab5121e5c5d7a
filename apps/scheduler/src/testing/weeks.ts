import * as fc from "fast-check";
import type { z } from "zod";
import { GenerateRequest, isoIn, type OptimizeRequest, weekdays } from "../contract/index.ts";

type Input = z.input<typeof GenerateRequest>;
type OptimizeInput = z.input<typeof OptimizeRequest>;
type Moment = readonly [zone: string, from: string];

/** Weeks in which the clocks change, or the date line is crossed, or nothing happens. */
export const moments: readonly Moment[] = [
  ["Europe/Paris", "2024-03-28T06:00:00Z"],
  ["Europe/Paris", "2024-10-24T05:00:00Z"],
  ["America/New_York", "2024-03-07T13:00:00Z"],
  ["America/New_York", "2024-10-31T12:00:00Z"],
  ["Australia/Lord_Howe", "2024-04-04T20:00:00Z"],
  ["Australia/Lord_Howe", "2024-10-03T20:00:00Z"],
  ["Africa/Casablanca", "2024-03-07T08:00:00Z"],
  ["Africa/Casablanca", "2024-04-11T08:00:00Z"],
  ["Africa/Cairo", "2024-04-24T06:00:00Z"],
  ["Africa/Cairo", "2024-10-30T06:00:00Z"],
  ["America/Santiago", "2024-04-04T12:00:00Z"],
  ["America/Santiago", "2024-09-05T12:00:00Z"],
  ["Pacific/Apia", "2011-12-27T19:00:00Z"],
  ["Pacific/Kiritimati", "1994-12-28T19:00:00Z"],
  ["Pacific/Kiritimati", "2024-03-06T19:00:00Z"],
  ["Asia/Kathmandu", "2024-03-06T03:00:00Z"],
  ["America/St_Johns", "2024-03-07T12:00:00Z"],
  ["Europe/Dublin", "2024-10-24T07:00:00Z"],
  ["Asia/Tehran", "2022-03-20T06:00:00Z"],
  ["UTC", "2024-02-28T09:07:30Z"],
];

/** A request that its schema takes, and the moment at which it is asked. */
export type Asking = { request: GenerateRequest; now: number };

/** Requests with a bit of everything around one moment of one zone; off the grid now and then. */
export function weekIn([zone, at]: Moment, mostTasks = 14): fc.Arbitrary<Asking> {
  const from = Date.parse(at);
  return fc
    .record({
      tasks: fc.array(taskIn(zone, from), { maxLength: mostTasks }),
      events: fc.array(event, { maxLength: 6 }),
      rules: fc.array(rule, { maxLength: 3 }),
      preferences,
      days: fc.integer({ min: 1, max: 9 }),
      late: fc.integer({ min: 0, max: 200 }),
      start: rarely(3, fc.integer({ min: -600, max: 4_000 })),
    })
    .map(({ tasks, events, rules, days, late, start, ...said }) => {
      const when = (minutes: number) => isoIn(zone, from + minutes * 60_000);
      const input: Input = {
        user_id: "ada",
        planning_horizon_days: days,
        planning_start: start === null ? null : when(start),
        tasks: tasks.map((task, index) => named(task, index)),
        existing_events: events.map(({ span, carries, ...rest }, index) => ({
          ...rest,
          // Tasks and events may well have the same ids.
          id: index % 3 === 0 ? `t${index}` : `e${index}`,
          title: `Event ${index}`,
          start_time: when(span.start),
          end_time: when(span.start + span.minutes),
          task_id: carries === null ? null : `t${carries}`,
        })),
        constraints: rules.map(({ span, ...rest }, index) => ({
          ...rest,
          description: `Rule ${index}`,
          start_time: when(span.start),
          end_time: when(span.start + span.minutes),
        })),
        user_preferences: { timezone: zone, ...said.preferences },
      };
      return { request: GenerateRequest.parse(input), now: from + late * 61_000 };
    });
}

/** A plan so far that nobody made for these tasks: pieces too many, habits on odd days, names of others, overlaps. */
export function strayIn([zone, at]: Moment): fc.Arbitrary<OptimizeInput["existing_schedule"]> {
  const when = (minutes: number) => isoIn(zone, Date.parse(at) + minutes * 60_000);
  const block = fc.record({
    id: fc.constantFrom(
      "t0",
      "t1",
      "t2#1",
      "t2#2",
      "t3#1",
      "t3#7",
      "t4#2024-03-29",
      "t5#2024-W13-1",
      "e1",
      "e2",
      "x",
      "y#2",
    ),
    span,
    type: fc.constantFrom("task", "task", "task", "event", "lunch", "break"),
    pinned: rarely(4, fc.constant(true)),
    priority: rarely(3, fc.constantFrom("low", "urgent")),
    category: rarely(3, fc.constantFrom("work", "personal")),
  });
  return fc.uniqueArray(block, { maxLength: 12, selector: ({ id }) => id }).map((blocks) =>
    blocks.map(({ id, span: { start, minutes }, pinned, ...rest }) => ({
      ...rest,
      id,
      title: id,
      task_id: rest.type === "task" ? id.replace(/#.*/, "") : null,
      start_time: when(start),
      end_time: when(start + minutes),
      pinned: pinned ?? false,
    })),
  );
}

/** One time in so many; else null. */
function rarely<T>(times: number, value: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: times - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });
}

const clock = (step: number) =>
  fc.nat(1_440 / step - 1).map((index) => {
    const minute = index * step;
    return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  });

const range = fc.tuple(clock(15), clock(5)).map(([from, to]) => `${from}-${from === to ? "23:59" : to}`);
const span = fc.record({ start: fc.integer({ min: -600, max: 9_000 }), minutes: fc.integer({ min: 1, max: 600 }) });
const buffer = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constantFrom(5, 10, 15, 30, 60) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 90 }) },
);

const event = fc.record({
  span,
  is_moveable: fc.boolean(),
  carries: rarely(5, fc.nat(13)),
  buffer_before_minutes: buffer,
  buffer_after_minutes: buffer,
});

const rule = fc.record({
  span,
  type: fc.constantFrom("time_block", "no_meetings", "focus_time", "break", "lunch"),
  is_hard_constraint: fc.boolean(),
});

const split = fc
  .record({
    min_minutes: fc.constantFrom(15, 30, 45, 60, 7, 25),
    more: fc.constantFrom(0, 15, 30, 60, 120, 11),
    max_minutes_per_day: fc.option(fc.constantFrom(60, 90, 120, 240)),
  })
  .map(({ min_minutes: least, more, max_minutes_per_day: cap }) => ({
    min_minutes: least,
    max_minutes: least + more,
    max_minutes_per_day: cap === null ? null : Math.max(cap, least),
  }));

const repeat = fc.oneof(
  fc.record({ days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1, maxLength: 7 }) }),
  fc.record({ times_per_week: fc.integer({ min: 1, max: 7 }) }),
);

function taskIn(zone: string, from: number) {
  const moment = fc.integer({ min: -600, max: 9_000 }).map((minutes) => isoIn(zone, from + minutes * 60_000));
  const local = moment.map((text) => text.slice(0, 19));
  return fc.record({
    minutes: fc.oneof(
      fc.integer({ min: 1, max: 16 }).map((n) => n * 15),
      fc.integer({ min: 1, max: 600 }),
    ),
    category: fc.constantFrom("work", "work", "personal"),
    priority: fc.constantFrom("low", "medium", "high", "urgent"),
    deadline: fc.option(fc.oneof(moment, local)),
    deadline_is_hard: fc.boolean(),
    preferred_time: fc.constantFrom("morning", "afternoon", "evening", "anytime", null),
    waitsFor: fc.array(fc.tuple(fc.nat(20), fc.constantFrom(0, 0, 0, 15, 60, 95, 1_440)), { maxLength: 2 }),
    earliest_start: rarely(4, moment),
    window: rarely(5, range),
    split: rarely(3, split),
    repeat: rarely(6, repeat),
    buffer_before_minutes: buffer,
    buffer_after_minutes: buffer,
  });
}

type Said = ReturnType<typeof taskIn> extends fc.Arbitrary<infer Value> ? Value : never;

/** A task that waits only for those before it, and can be cut as it says. */
function named({ minutes, waitsFor, repeat: habit, ...said }: Said, index: number): Input["tasks"][number] {
  const waits = new Map(waitsFor.filter(([other]) => other < index).map(([other, lag]) => [`t${other}`, lag]));
  const { min_minutes: least, max_minutes: most } = said.split ?? { min_minutes: 1, max_minutes: 1_440 };
  return {
    ...said,
    id: `t${index}`,
    title: `Task ${index}`,
    estimated_duration_minutes: Math.max(minutes, Math.ceil(minutes / most) * least),
    dependencies: [...waits.keys()],
    dependency_lags: Object.fromEntries([...waits].filter(([, lag]) => lag > 0)),
    split: habit ? null : said.split,
    repeat: habit,
  };
}

const preferences = fc
  .record({
    shift: fc.oneof(
      fc.constantFrom(["09:00", "17:00"], ["22:00", "06:00"], ["00:00", "00:00"], ["01:30", "09:40"]),
      fc.tuple(clock(5), clock(15)),
    ),
    lunch: fc.tuple(clock(15), fc.integer({ min: 1, max: 180 })),
    rest: fc.tuple(fc.integer({ min: 1, max: 240 }), fc.integer({ min: 1, max: 60 })),
    work_days: fc.constantFrom(weekdays.slice(0, 5), weekdays.slice(), weekdays.slice(5, 6)),
    max_work_minutes_per_day: rarely(3, fc.constantFrom(60, 120, 240, 300, 400)),
  })
  .map(({ shift: [start = "", end = ""], lunch, rest, ...said }) => ({
    ...said,
    work_start_time: start,
    work_end_time: end,
    lunch_time: lunch[0],
    lunch_duration_minutes: lunch[1],
    break_frequency_minutes: rest[0],
    break_duration_minutes: rest[1],
  }));
