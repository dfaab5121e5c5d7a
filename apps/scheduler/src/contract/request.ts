import { z } from "zod";
import { checkWeek } from "./rules.ts";
import { quoted, wholeNumber } from "./invalid.ts";
import { Weights } from "./weights.ts";
import { clockRange, isClock, isDateTime, isZone } from "./time.ts";

/** What one request may hold; more is refused with 422, more bytes with 413. */
export const limits = {
  tasks: 500,
  events: 5_000,
  constraints: 200,
  actuals: 5_000,
  bodyBytes: 2 * 1024 * 1024,
  horizonDays: 90,
};

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

// Custom issues carry the 422 `type` that clients read; see invalid.ts.
const valueError = { type: "value_error" };

const loneSurrogate = /\p{Surrogate}/u;

/** Text of a length that can be kept: a database holds neither NUL nor half of a surrogate pair. */
const text = (shortest: number, longest: number) =>
  z
    .string()
    .min(shortest)
    .max(longest)
    .refine((value) => !loneSurrogate.test(value) && !value.includes("\0"), {
      params: valueError,
      error: "Value error, the text holds a NUL or a broken surrogate pair",
    });

export const UserId = text(1, 200);

export const DateTime = z
  .string()
  .refine(isDateTime, {
    params: { type: "datetime_from_date_parsing" },
    error: "Input should be a valid datetime or date",
  })
  .meta({
    format: "date-time",
    description: "ISO 8601; without an offset it is read in the user's time zone",
  });

// The message tells invalid.ts that a whole number was wanted; zod itself reports "number" for any other type.
const Whole = z.int(wholeNumber);

const Id = text(1, 100);

const Clock = z
  .string()
  .refine(isClock, {
    params: valueError,
    error: (issue) => `Value error, '${String(quoted(issue.input))}' is not a time of day such as 09:30`,
  })
  .meta({ description: "HH:MM on the user's wall clock" });

const ClockRange = z.string().refine((text) => clockRange(text) !== undefined, {
  params: valueError,
  error: (issue) => `Value error, '${String(quoted(issue.input))}' is not a range such as 09:00-11:00`,
});

const Zone = z
  .string()
  .refine(isZone, {
    params: valueError,
    error: (issue) =>
      `Value error, '${String(quoted(issue.input))}' is not a known IANA time zone such as Europe/Berlin`,
  })
  .meta({ description: "IANA time zone" });

export const Priority = z.enum(["low", "medium", "high", "urgent"]);
export type Priority = z.infer<typeof Priority>;

/** Minutes kept free of everything else, e.g. for travel; they may lie outside of working hours. */
const Buffer = Whole.min(0).max(480).default(0);

/** Counted before they are read: a body holds more keys than can be looked at while others wait. */
function few(value: unknown, context: z.core.$RefinementCtx): unknown {
  if (typeof value !== "object" || value === null) return value;
  const refused = (message: string): never => {
    context.issues.push({ code: "custom", input: value, message, params: valueError, continue: false });
    return z.NEVER;
  };
  if (Object.keys(value).length > limits.tasks)
    return refused(`Value error, there are at most ${limits.tasks} of them`);
  return Object.hasOwn(value, "__proto__") ? refused("Value error, '__proto__' can be no key") : value;
}

/** A task may be called `constructor`: what is not among the lags has none. */
const lagsOnly = (lags: Record<string, number>): Record<string, number> => Object.assign(Object.create(null), lags);

const Split = z.object({
  min_minutes: Whole.min(5).max(1_440).default(30).meta({ description: "No piece is shorter, the last one included" }),
  max_minutes: Whole.min(5).max(1_440).default(120).meta({ description: "No piece is longer" }),
  max_minutes_per_day: Whole.min(5).max(1_440).nullish().meta({ description: "So much of it on one day at most" }),
});

const Repeat = z.union(
  [z.object({ days: z.array(z.enum(weekdays)).min(1).max(7) }), z.object({ times_per_week: Whole.min(1).max(7) })],
  {
    error: ({ input }) =>
      `${JSON.stringify(quoted(input))} is neither {"days": one or more of ${weekdays.join(", ")}} nor {"times_per_week": 1 to 7}`,
  },
);

export const Task = z.object({
  id: Id,
  title: text(1, 200),
  description: text(0, 1_000).nullish(),
  category: text(1, 100).default("work"),
  priority: Priority.default("medium"),
  estimated_duration_minutes: Whole.min(1).max(1_440),
  deadline: DateTime.nullish(),
  deadline_is_hard: z
    .boolean()
    .default(false)
    .meta({ description: "A hard deadline is never missed: rather the task is left out" }),
  preferred_time: z.enum(["morning", "afternoon", "evening", "anytime"]).nullish(),
  dependencies: z.array(Id).max(limits.tasks).default([]),
  dependency_lags: z
    .preprocess(few, z.record(Id, Whole.min(0).max(43_200)).overwrite(lagsOnly))
    .prefault({})
    .meta({ description: "Minutes that have to pass after a dependency ends, by its id; 0 where not given" }),
  earliest_start: DateTime.nullish().meta({ description: "It starts no sooner" }),
  window: ClockRange.nullish().meta({
    description: "Hours of the day in which it stands, instead of those of its category, e.g. 07:00-09:00",
  }),
  split: Split.nullish().meta({ description: "It may be done in pieces; absent, and of a habit: in one" }),
  buffer_before_minutes: Buffer,
  buffer_after_minutes: Buffer,
  repeat: Repeat.nullish().meta({ description: "A habit: done again on these days, each time for its whole duration" }),
});
export type Task = z.infer<typeof Task>;

export const ExistingEvent = z.object({
  id: text(1, 200),
  title: text(0, 500),
  start_time: DateTime,
  end_time: DateTime,
  is_moveable: z.boolean().default(false),
  task_id: Id.nullish().meta({
    description: "The task that this block carries out, if it is one that must stay where it is",
  }),
  buffer_before_minutes: Buffer,
  buffer_after_minutes: Buffer,
});
export type ExistingEvent = z.infer<typeof ExistingEvent>;

export const Preferences = z.object({
  timezone: Zone.default("UTC"),
  work_start_time: Clock.default("09:00"),
  work_end_time: Clock.default("17:00").meta({
    description: "At or before work_start_time: working hours run over midnight",
  }),
  work_days: z.array(z.enum(weekdays)).max(7).default(["mon", "tue", "wed", "thu", "fri"]),
  break_frequency_minutes: Whole.min(1).max(480).default(90),
  break_duration_minutes: Whole.min(1).max(120).default(15),
  lunch_time: Clock.default("12:00"),
  lunch_duration_minutes: Whole.min(1).max(180).default(60),
  preferred_task_duration_minutes: Whole.min(1).max(480).default(90),
  energy_peak_hours: z.array(ClockRange).max(24).default(["09:00-11:00", "14:00-16:00"]),
  avoid_scheduling_after: Clock.default("18:00"),
  max_work_minutes_per_day: Whole.min(15).max(1_440).nullish().meta({
    description: "So much task time on one day at most",
  }),
  freeze_minutes: Whole.min(0).max(10_080).default(120).meta({
    description: "When a plan is revised, tasks that start within so many minutes stay where they are if they can",
  }),
});
export type Preferences = z.infer<typeof Preferences>;

export const Constraint = z.object({
  type: z.enum(["time_block", "no_meetings", "focus_time", "break", "lunch"]),
  start_time: DateTime.nullish(),
  end_time: DateTime.nullish(),
  description: text(1, 500),
  is_hard_constraint: z.boolean().default(true),
});
export type Constraint = z.infer<typeof Constraint>;

/** How long a task was thought to take, and how long it took. */
export const Actual = z.object({
  estimated_minutes: z.number().positive().max(100_000),
  actual_minutes: z.number().min(0).max(100_000),
  category: text(1, 100).nullish(),
});
export type Actual = z.infer<typeof Actual>;

/** The body of `POST /api/v1/schedule/generate` without `user_id`, before the rules between its fields. */
export const WeekFields = z.object({
  tasks: z.array(Task).max(limits.tasks),
  existing_events: z.array(ExistingEvent).max(limits.events).default([]),
  user_preferences: Preferences.prefault({}),
  constraints: z.array(Constraint).max(limits.constraints).default([]),
  planning_horizon_days: Whole.min(1).max(limits.horizonDays).default(7),
  planning_start: DateTime.refine((text) => !text.startsWith("9999"), {
    params: valueError,
    error: "Value error, planning must start before the year 9999",
  })
    .nullish()
    .meta({ description: "First moment to plan; now if absent or past" }),
  weights: Weights.prefault({}).meta({ description: "What the plan is judged by; those given replace the defaults" }),
  actuals: z
    .array(Actual)
    .max(limits.actuals)
    .default([])
    .meta({ description: "How long this person's finished tasks took, oldest first; confidence learns from them" }),
  alternatives: Whole.min(0)
    .max(3)
    .default(0)
    .meta({ description: "So many plans that differ from the best one are wanted too" }),
});
export type Week = z.infer<typeof WeekFields>;

/** What is planned for one person: {@link WeekFields} with the rules between its fields. */
export const Week = WeekFields.superRefine((week, context) => checkWeek(week, context));

/** {@link Week} as a client asks for it: without a zone, the one stored for the user holds. */
export const WeekAsked = WeekFields.extend({
  user_preferences: Preferences.extend({ timezone: Zone.optional() }).prefault({}),
}).superRefine((week, context) => checkWeek(week, context));
export type WeekAsked = z.infer<typeof WeekAsked>;

/** The body of `POST /api/v1/schedule/generate`. */
export const GenerateRequest = WeekFields.extend({ user_id: UserId }).superRefine((week, context) =>
  checkWeek(week, context),
);
export type GenerateRequest = z.infer<typeof GenerateRequest>;
