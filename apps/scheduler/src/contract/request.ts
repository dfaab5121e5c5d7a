import { z } from "zod";
import { clockRange, instantOf, isClock, isDateTime, isZone } from "./time.ts";

/** What one request may hold; more is refused with 422, more bytes with 413. */
export const limits = { tasks: 500, events: 5_000, constraints: 200, bodyBytes: 2 * 1024 * 1024, horizonDays: 90 };

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

// Custom issues carry the 422 `type` that clients read; see invalid.ts.
const valueError = { type: "value_error" };

export const UserId = z.string().min(1).max(200);

export const DateTime = z
  .string()
  .refine(isDateTime, {
    params: { type: "datetime_from_date_parsing" },
    error: "Input should be a valid datetime or date",
  })
  .meta({ format: "date-time", description: "ISO 8601; without an offset it is read in the user's time zone" });

const Id = z.string().min(1).max(100);

const Clock = z
  .string()
  .refine(isClock, {
    params: valueError,
    error: (issue) => `Value error, '${String(issue.input)}' is not a time of day such as 09:30`,
  })
  .meta({ description: "HH:MM on the user's wall clock" });

const ClockRange = z.string().refine((text) => clockRange(text) !== undefined, {
  params: valueError,
  error: (issue) => `Value error, '${String(issue.input)}' is not a range such as 09:00-11:00`,
});

const Zone = z
  .string()
  .refine(isZone, {
    params: valueError,
    error: (issue) => `Value error, '${String(issue.input)}' is not a known IANA time zone such as Europe/Berlin`,
  })
  .meta({ description: "IANA time zone" });

export const Priority = z.enum(["low", "medium", "high", "urgent"]);
export type Priority = z.infer<typeof Priority>;

export const Task = z.object({
  id: Id,
  title: z.string().min(1).max(200),
  description: z.string().max(1_000).nullish(),
  category: z.string().min(1).max(100).default("work"),
  priority: Priority.default("medium"),
  estimated_duration_minutes: z.int().min(1).max(1_440),
  deadline: DateTime.nullish(),
  deadline_is_hard: z.boolean().default(false).meta({ description: "A hard deadline is never missed: rather the task is left out" }),
  preferred_time: z.enum(["morning", "afternoon", "evening", "anytime"]).nullish(),
  dependencies: z.array(Id).max(limits.tasks).default([]),
});
export type Task = z.infer<typeof Task>;

export const ExistingEvent = z.object({
  id: z.string().min(1).max(200),
  title: z.string().max(500),
  start_time: DateTime,
  end_time: DateTime,
  is_moveable: z.boolean().default(false),
  task_id: Id.nullish().meta({ description: "The task that this block carries out, if it is one that must stay where it is" }),
});
export type ExistingEvent = z.infer<typeof ExistingEvent>;

export const Preferences = z.object({
  timezone: Zone.default("UTC"),
  work_start_time: Clock.default("09:00"),
  work_end_time: Clock.default("17:00").meta({ description: "At or before work_start_time: working hours run over midnight" }),
  work_days: z.array(z.enum(weekdays)).max(7).default(["mon", "tue", "wed", "thu", "fri"]),
  break_frequency_minutes: z.int().min(1).max(480).default(90),
  break_duration_minutes: z.int().min(1).max(120).default(15),
  lunch_time: Clock.default("12:00"),
  lunch_duration_minutes: z.int().min(1).max(180).default(60),
  preferred_task_duration_minutes: z.int().min(1).max(480).default(90),
  energy_peak_hours: z.array(ClockRange).max(24).default(["09:00-11:00", "14:00-16:00"]),
  avoid_scheduling_after: Clock.default("18:00"),
});
export type Preferences = z.infer<typeof Preferences>;

export const Constraint = z.object({
  type: z.enum(["time_block", "no_meetings", "focus_time", "break", "lunch"]),
  start_time: DateTime.nullish(),
  end_time: DateTime.nullish(),
  description: z.string().min(1).max(500),
  is_hard_constraint: z.boolean().default(true),
});
export type Constraint = z.infer<typeof Constraint>;

/** The body of `POST /api/v1/schedule/generate` without `user_id`, before the rules between its fields. */
export const WeekFields = z.object({
  tasks: z.array(Task).max(limits.tasks),
  existing_events: z.array(ExistingEvent).max(limits.events).default([]),
  user_preferences: Preferences.prefault({}),
  constraints: z.array(Constraint).max(limits.constraints).default([]),
  planning_horizon_days: z.int().min(1).max(limits.horizonDays).default(7),
  planning_start: DateTime.nullish().meta({ description: "First moment to plan; now if absent or past" }),
});
export type Week = z.infer<typeof WeekFields>;

/** What is planned for one person: {@link WeekFields} with the rules between its fields. */
export const Week = WeekFields.superRefine(checkWeek);

/** The body of `POST /api/v1/schedule/generate`. */
export const GenerateRequest = WeekFields.extend({ user_id: UserId }).superRefine(checkWeek);
export type GenerateRequest = z.infer<typeof GenerateRequest>;

type Report = (path: PropertyKey[], input: unknown, problem: string) => void;

/** Rules between fields: ends after starts, unique ids, known dependencies without cycles. */
function checkWeek(week: Week, context: z.core.$RefinementCtx<Week>): void {
  const report: Report = (path, input, problem) =>
    context.issues.push({ code: "custom", path, input, message: `Value error, ${problem}`, params: valueError });
  checkSpans(week, report);
  checkDuplicates(week.tasks, "tasks", "task", report);
  checkDuplicates(week.existing_events, "existing_events", "event", report);
  checkDependencies(week.tasks, report);
}

function checkSpans(week: Week, report: Report): void {
  const zone = week.user_preferences.timezone;
  const spans = [
    ...week.existing_events.map((event, index) => ({ ...event, path: ["existing_events", index] })),
    ...week.constraints.map((constraint, index) => ({ ...constraint, path: ["constraints", index] })),
  ];
  for (const { start_time: start, end_time: end, path } of spans) {
    if (!start || !end || instantOf(end, zone) > instantOf(start, zone)) continue;
    report([...path, "end_time"], end, `end_time '${end}' must be after start_time '${start}'`);
  }
}

function checkDuplicates(items: readonly { id: string }[], field: string, noun: string, report: Report): void {
  const first = new Map<string, number>();
  items.forEach(({ id }, index) => {
    const before = first.get(id);
    if (before === undefined) first.set(id, index);
    else report([field, index, "id"], id, `${noun} id '${id}' is used twice, first at ${field}[${before}]`);
  });
}

function checkDependencies(tasks: readonly Task[], report: Report): void {
  const indexOf = new Map(tasks.map(({ id }, index) => [id, index]));
  tasks.forEach((task, index) =>
    task.dependencies.forEach((dependency, position) => {
      if (indexOf.has(dependency)) return;
      report(["tasks", index, "dependencies", position], dependency, `task '${task.id}' depends on unknown task '${dependency}'`);
    }),
  );

  const cycle = dependencyCycle(tasks);
  const [start] = cycle;
  if (start === undefined) return;
  report(["tasks", indexOf.get(start) ?? 0, "dependencies"], cycle, `dependency cycle: ${[...cycle, start].join(" → ")}`);
}

/** The ids along one dependency cycle, or nothing. Iterative: a chain of 500 tasks must not exhaust the stack. */
export function dependencyCycle(tasks: readonly Pick<Task, "id" | "dependencies">[]): string[] {
  const byId = new Map(tasks.map((task) => [task.id, task.dependencies]));
  const finished = new Set<string>();
  for (const { id } of tasks) {
    const path: string[] = [];
    const onPath = new Set<string>();
    const pending: { id: string; leave: boolean }[] = [{ id, leave: false }];
    for (let step = pending.pop(); step; step = pending.pop()) {
      if (step.leave) {
        path.pop();
        onPath.delete(step.id);
        finished.add(step.id);
        continue;
      }
      if (onPath.has(step.id)) return path.slice(path.indexOf(step.id));
      if (finished.has(step.id)) continue;
      path.push(step.id);
      onPath.add(step.id);
      pending.push({ id: step.id, leave: true });
      for (const next of byId.get(step.id) ?? []) pending.push({ id: next, leave: false });
    }
  }
  return [];
}
