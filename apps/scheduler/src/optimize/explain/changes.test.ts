import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CheapestChange, GenerateRequest, isoIn, type Task, type Unscheduled } from "../../contract/index.ts";
import { search, task, week } from "../builders.ts";
import { crowded, crowdedStart } from "../search/crowded.ts";
import { planWeek, type PlanAnswer } from "../index.ts";

describe("a change that would let a task fit", () => {
  it("does, made to the request while every other task stays where it is, and less of it does not (seed 12)", () => {
    const kinds = new Set<string>();
    const lesser = new Set<string>();
    fc.assert(
      fc.property(crowded(), (request) => {
        const plan = planWeek(request, search(crowdedStart, 40));
        for (const left of plan.unscheduled)
          for (const change of left.changes) {
            const isLeft = (each: CheapestChange) => isLeftWith(made(request, plan, left, each), left);
            expect(isLeft(change) ? { left, change } : null).toBeNull();
            kinds.add(change.kind);
            const less = lessOf(change, request);
            if (!less) continue;
            expect(isLeft(less) ? null : { left, less, change }).toBeNull();
            lesser.add(change.kind);
          }
      }),
      { seed: 12, numRuns: 30 },
    );
    // Of the ten.
    expect(kinds.size).toBeGreaterThanOrEqual(7);
    expect(lesser.size).toBeGreaterThanOrEqual(5);
  });

  it("asks for longer hours on the day that needs the least of them", () => {
    const meeting = (day: string, end: string) => {
      return { id: day, title: day, start_time: `2024-03-${day}T09:00`, end_time: `2024-03-${day}T${end}` };
    };
    const existing_events = [meeting("25", "17:00"), meeting("26", "16:00")];
    const request = week({ tasks: [task("a", 90)], existing_events, planning_horizon_days: 2 });
    const longer = planWeek(request, search()).unscheduled.flatMap(({ changes }) =>
      changes.filter(({ kind }) => kind === "longer_hours"),
    );
    expect(longer).toMatchObject([{ minutes: 30, text: "Work until 17:30: it fits Tue 26 Mar 16:00-17:30." }]);
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

function isLeftWith(request: GenerateRequest, { task_id: id }: Unscheduled): boolean {
  return planWeek(GenerateRequest.parse(request), search(crowdedStart, 400)).unscheduled_tasks.includes(id);
}

/** The next smaller change of the same kind, where there is one. */
function lessOf(change: CheapestChange, { user_preferences: wishes }: GenerateRequest): CheapestChange | null {
  const { kind, minutes, start_time, end_time } = change;
  const moved = (text: string | null, by: number) => isoIn("UTC", Date.parse(text ?? "") + by * 60_000);
  switch (kind) {
    case "move_deadline":
      return { ...change, end_time: moved(end_time, -15) };
    case "longer_hours": {
      const less = moved(end_time, -15);
      return less.slice(11, 16) > wishes.work_end_time ? { ...change, end_time: less } : null;
    }
    case "shorten":
      return { ...change, minutes: (minutes ?? 0) + 15 };
    case "more_days":
      return { ...change, minutes: (minutes ?? 0) - 1_440 };
    case "raise_cap":
      return { ...change, minutes: (minutes ?? 0) - 1 };
    case "drop_constraint":
      return change.event_id === null ? { ...change, start_time: moved(start_time, 15) } : null;
    default:
      return null;
  }
}

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
      return change.event_id === null ? { ...task, earliest_start: change.start_time } : task;
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
