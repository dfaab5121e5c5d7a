import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CheapestChange, GenerateRequest, type Task, type Unscheduled } from "../../contract/index.ts";
import { search, task, week } from "../builders.ts";
import { crowded, crowdedStart } from "../search/crowded.ts";
import { planWeek, type PlanAnswer } from "../index.ts";

describe("a change that would let a task fit", () => {
  it("does, made to the request, while every other task stays where it is (seed 12)", () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(crowded(), (request) => {
        const plan = planWeek(request, search(crowdedStart, 40));
        for (const left of plan.unscheduled)
          for (const change of left.changes) {
            const changed = GenerateRequest.parse(made(request, plan, left, change));
            const again = planWeek(
              changed,
              search(crowdedStart, changed.tasks.some(({ split }) => split) ? 4_000 : 400),
            );
            const isStillLeft = again.unscheduled_tasks.includes(left.task_id);
            expect(isStillLeft ? { left, change } : null).toBeNull();
            kinds.add(change.kind);
          }
      }),
      { seed: 12, numRuns: 30 },
    );
    // Of the ten.
    expect(kinds.size).toBeGreaterThanOrEqual(7);
  });

  it("raises the limit of the day on which work starts, though its buffer begins the day before", () => {
    const night = { category: "home", window: "00:30-06:00", buffer_before_minutes: 60 };
    const { unscheduled } = planWeek(
      week({ tasks: [task("a", 120, night)], user_preferences: { max_work_minutes_per_day: 60 } }),
      search(),
    );
    const raises = unscheduled.flatMap(({ changes }) => changes.filter(({ kind }) => kind === "raise_cap"));
    expect(raises).toMatchObject([{ minutes: 120, text: "Allow 2 h of tasks on one day." }]);
  });
});

/** The request as a person would change it: one task looks for a place, those placed stand where the plan has them. */
function made(request: GenerateRequest, plan: PlanAnswer, left: Unscheduled, change: CheapestChange): GenerateRequest {
  const spared = change.kind === "leave_out" ? change.task_id : null;
  const placed = plan.scheduled_events.filter(({ type, task_id: id }) => type === "task" && id !== spared);
  const ids = new Set([left.task_id, ...placed.map(({ task_id: id }) => id)]);
  const tasks = request.tasks.filter(({ id }) => ids.has(id));
  const changed = tasks.map((task) => (task.id === left.task_id ? ownChange(task, change) : task));
  const events = placed.map((event) => pinned(event, tasks));
  return otherChange({ ...request, tasks: changed, existing_events: [...request.existing_events, ...events] }, change);
}

function pinned({ id, task_id, title, start_time, end_time }: PlanAnswer["scheduled_events"][number], tasks: Task[]) {
  const { buffer_before_minutes = 0, buffer_after_minutes = 0 } = tasks.find((each) => each.id === task_id) ?? {};
  const buffers = { buffer_before_minutes, buffer_after_minutes };
  return { id, task_id, title, start_time, end_time, is_moveable: false, ...buffers };
}

function ownChange(task: Task, { kind, minutes, ...change }: CheapestChange): Task {
  switch (kind) {
    case "move_deadline":
      return { ...task, deadline: change.end_time };
    case "shorten":
      return { ...task, estimated_duration_minutes: minutes ?? 0 };
    case "split":
      return { ...task, split: { min_minutes: Math.min(30, minutes ?? 0), max_minutes: minutes ?? 0 } };
    case "drop_dependency":
      return { ...task, dependency_lags: {}, dependencies: task.dependencies.filter((id) => id !== change.task_id) };
    case "drop_constraint":
      return change.event_id === null ? { ...task, earliest_start: null } : task;
    default:
      return task;
  }
}

function otherChange(request: GenerateRequest, { kind, minutes, event_id, end_time }: CheapestChange): GenerateRequest {
  const wishes = request.user_preferences;
  switch (kind) {
    case "free_time":
      return { ...request, existing_events: request.existing_events.filter(({ id }) => id !== event_id) };
    case "more_days":
      return { ...request, planning_horizon_days: (minutes ?? 0) / 1_440 };
    case "longer_hours":
      return { ...request, user_preferences: { ...wishes, work_end_time: end_time?.slice(11, 16) ?? "" } };
    case "raise_cap":
      return { ...request, user_preferences: { ...wishes, max_work_minutes_per_day: minutes } };
    case "drop_constraint":
      return { ...request, constraints: request.constraints.filter(({ description }) => description !== event_id) };
    default:
      return request;
  }
}
