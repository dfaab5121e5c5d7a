import type { z } from "zod";
import { checkAmount, checkTask, type Linked, type Report, type Timed } from "./amount.ts";
import { instantOf } from "./time.ts";

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
  checkAmount(week.tasks, week.planning_horizon_days, report);
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
