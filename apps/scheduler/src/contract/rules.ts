import type { z } from "zod";
import { clockRange, instantOf } from "./time.ts";

type Linked = { id: string; dependencies: readonly string[] };
type Timed = Linked & {
  estimated_duration_minutes: number;
  dependency_lags: Readonly<Record<string, number>>;
  window?: string | null | undefined;
  split?:
    | { min_minutes: number; max_minutes: number; max_minutes_per_day?: number | null | undefined }
    | null
    | undefined;
  repeat?: Repeat | null | undefined;
};
type Repeat = { days: readonly string[] } | { times_per_week: number };
type Span = { start_time?: string | null | undefined; end_time?: string | null | undefined };
type Placed = { task_id?: string | null | undefined };
type Checked = {
  tasks: readonly Timed[];
  planning_horizon_days: number;
  existing_events: readonly (Span & Placed & { id: string })[];
  constraints: readonly Span[];
  user_preferences: { timezone?: string | undefined };
};
/** A plan so far, whose tasks a dependency may name too. */
type Schedule = readonly (Span & Placed & { id: string })[];
type Issues = { issues: z.core.$ZodRawIssue[] };
type Report = (path: PropertyKey[], input: unknown, problem: string) => void;

/** Adds what breaks the rules between fields: ends after starts, unique ids, known dependencies without cycles. */
export function checkWeek(week: Checked, context: Issues, schedule: Schedule = []): void {
  // Zod goes on after a refused time or zone, which the rules below could not read.
  if (context.issues.length > 0) return;

  const report: Report = (path, input, problem) =>
    context.issues.push({
      code: "custom",
      path,
      input,
      message: `Value error, ${problem}`,
      params: { type: "value_error" },
    });
  const zone = week.user_preferences.timezone ?? "UTC";
  checkSpans(week.existing_events, "existing_events", zone, report);
  checkSpans(schedule, "existing_schedule", zone, report);
  checkSpans(week.constraints, "constraints", zone, report);
  checkDuplicates(week.tasks, "tasks", "task", report);
  checkDuplicates(week.existing_events, "existing_events", "event", report);
  checkDuplicates(schedule, "existing_schedule", "event", report);
  checkDependencies(week.tasks, [...week.existing_events, ...schedule], report);
  week.tasks.forEach((task, index) => checkTask(task, ["tasks", index], report));
  checkAmount(week, report);
}

function checkTask(task: Timed, path: PropertyKey[], report: Report): void {
  const { id, dependencies, dependency_lags: lags, window } = task;
  for (const [other, minutes] of Object.entries(lags)) {
    if (dependencies.includes(other)) continue;
    const problem = `task '${id}' has a lag after '${other}', which is not among its dependencies`;
    report([...path, "dependency_lags", other], minutes, problem);
  }
  const range = window ? clockRange(window) : undefined;
  if (range && range.from === range.to && range.from !== 0)
    report([...path, "window"], window, `the window '${window}' is empty: it ends when it starts`);
  checkSplit(task, path, report);
}

/** So many pieces of lengths allowed have to make the task, none left over. */
function checkSplit({ split, estimated_duration_minutes: length }: Timed, path: PropertyKey[], report: Report): void {
  if (!split) return;
  const { min_minutes: min, max_minutes: max, max_minutes_per_day: perDay } = split;
  const refuse = (field: string, input: unknown, problem: string) => report([...path, "split", field], input, problem);
  if (min > max) return refuse("min_minutes", min, `min_minutes ${min} must not be above max_minutes ${max}`);
  if (min > length)
    return refuse("min_minutes", min, `min_minutes ${min} must not be above the task's own ${length} minutes`);
  if (perDay && perDay < min)
    return refuse("max_minutes_per_day", perDay, `max_minutes_per_day ${perDay} must not be below min_minutes ${min}`);

  const pieces = Math.ceil(length / max);
  if (pieces * min > length)
    return refuse("max_minutes", max, `${length} minutes cannot be cut into pieces of ${min} to ${max} minutes`);
  if (pieces > mostPieces)
    refuse(
      "max_minutes",
      max,
      `${length} minutes in pieces of ${max} are ${pieces} pieces; at most ${mostPieces} are planned`,
    );
}

const mostPieces = 100;
const mostBlocks = 2_000;

/** Habits and splits multiply: what they come to is bounded as the tasks themselves are. */
function checkAmount({ tasks, planning_horizon_days: days }: Checked, report: Report): void {
  const weeks = Math.ceil(days / 7) + 1;
  const blocks = tasks.reduce((sum, { repeat, split, estimated_duration_minutes: length }) => {
    if (repeat) return sum + Math.min(days, weeks * ("days" in repeat ? repeat.days.length : repeat.times_per_week));
    return sum + (split ? Math.ceil(length / split.max_minutes) : 1);
  }, 0);
  if (blocks > mostBlocks)
    report(
      ["tasks"],
      tasks,
      `with habits and pieces counted, the tasks are ${blocks} blocks; at most ${mostBlocks} are planned`,
    );
}

function checkSpans(spans: readonly Span[], field: string, zone: string, report: Report): void {
  spans.forEach(({ start_time: start, end_time: end }, index) => {
    if (!start || !end || instantOf(end, zone) > instantOf(start, zone)) return;
    report([field, index, "end_time"], end, `end_time '${end}' must be after start_time '${start}'`);
  });
}

function checkDuplicates(items: readonly { id: string }[], field: string, noun: string, report: Report): void {
  const first = new Map<string, number>();
  items.forEach(({ id }, index) => {
    const before = first.get(id);
    if (before === undefined) first.set(id, index);
    else report([field, index, "id"], id, `${noun} id '${id}' is used twice, first at ${field}[${before}]`);
  });
}

function checkDependencies(tasks: readonly Linked[], placed: readonly Placed[], report: Report): void {
  const indexOf = new Map(tasks.map(({ id }, index) => [id, index]));
  const placedIds = new Set(placed.map(({ task_id: id }) => id));
  tasks.forEach(({ id, dependencies }, index) =>
    dependencies.forEach((dependency, position) => {
      if (indexOf.has(dependency) || placedIds.has(dependency)) return;
      const path = ["tasks", index, "dependencies", position];
      report(path, dependency, `task '${id}' depends on unknown task '${dependency}'`);
    }),
  );

  const cycle = dependencyCycle(tasks);
  const [start] = cycle;
  if (start === undefined) return;
  const path = ["tasks", indexOf.get(start) ?? 0, "dependencies"];
  report(path, cycle, `dependency cycle: ${[...cycle, start].join(" → ")}`);
}

/** The ids along one dependency cycle, or nothing. Iterative: a chain of 500 tasks must not exhaust the stack. */
export function dependencyCycle(tasks: readonly Linked[]): string[] {
  const byId = new Map(tasks.map(({ id, dependencies }) => [id, dependencies]));
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
