import type { OptimizeRequest, ScheduledEvent, Task, Week } from "../../contract/index.ts";
import { createWall, dayMinutes, instantOf, minuteMs, type Wall } from "./wall.ts";

/** What is judged: an answer of generate, or one of optimize. */
export type Judged = ({ scheduled_events: ScheduledEvent[] } | { optimized_schedule: ScheduledEvent[] }) & {
  unscheduled_tasks: string[];
};

export type Asked = Week | OptimizeRequest;
/** Milliseconds to keep free before and after. */
type Buffers = { lead: number; trail: number };
/** `key` tells a task from a calendar event of the same id; `task` is what it carries out, if the request says. */
export type Block = Buffers & {
  id: string;
  key: string;
  start: number;
  end: number;
  event: ScheduledEvent;
  task: Task | undefined;
};
export type Fixed = Buffers & {
  id: string;
  key: string;
  start: number;
  end: number;
  moveable: boolean;
  taskId: string | null;
};

export type Case = {
  asked: Asked;
  wall: Wall;
  start: number;
  end: number;
  now: number;
  blocks: Block[];
  fixed: Fixed[];
  /** The same by the key that a plan shows them under. */
  calendar: Map<string, Fixed>;
  /** The plan before, by key; empty for a first plan. */
  before: Map<string, Block>;
  tasks: Map<string, Task>;
};

/** Reads request and answer without any help from what made the answer. */
export function readCase(asked: Asked, plan: Judged, now: number): Case {
  const wall = createWall(asked.user_preferences.timezone);
  const events = "scheduled_events" in plan ? plan.scheduled_events : plan.optimized_schedule;
  const tasks = new Map(asked.tasks.map((task) => [task.id, task]));
  const fixed = readFixed(asked, wall);
  const calendar = new Map(fixed.map((event) => [event.key, event]));
  const read = (event: ScheduledEvent): Block => {
    const key = keyOf(event);
    const task = event.type === "task" ? tasks.get(event.task_id ?? event.id) : undefined;
    const { lead, trail } = (task ? buffersOf(task) : calendar.get(key)) ?? { lead: 0, trail: 0 };
    const [start, end] = [instantOf(event.start_time, wall), instantOf(event.end_time, wall)];
    return { id: event.id, key, start, end, event, task, lead, trail };
  };
  const start = asked.planning_start ? Math.max(now, instantOf(asked.planning_start, wall)) : now;
  const firstDay = Math.floor(wall.shown(start) / dayMinutes);
  return {
    asked,
    wall,
    now,
    start,
    end: wall.instant((firstDay + asked.planning_horizon_days) * dayMinutes),
    blocks: events.map(read),
    fixed,
    calendar,
    before: new Map(
      "existing_schedule" in asked ? asked.existing_schedule.map((event) => [keyOf(event), read(event)]) : [],
    ),
    tasks,
  };
}

function readFixed(asked: Asked, wall: Wall): Fixed[] {
  return asked.existing_events.map((event) => {
    const { id, task_id: taskId = null } = event;
    return {
      id,
      // As an event, or as the task that it carries out.
      key: taskId === null ? `event:${id}` : `task:${id}:${taskId}`,
      start: instantOf(event.start_time, wall),
      end: instantOf(event.end_time, wall),
      moveable: event.is_moveable && !taskId,
      taskId,
      ...buffersOf(event),
    };
  });
}

function buffersOf(of: { buffer_before_minutes: number; buffer_after_minutes: number }): Buffers {
  return { lead: of.buffer_before_minutes * minuteMs, trail: of.buffer_after_minutes * minuteMs };
}

/** Whether the block stands where the plan before had it. */
export function stood({ before }: Case, block: Block): boolean {
  const old = before.get(block.key);
  return old !== undefined && old.start === block.start && old.end === block.end;
}

/** Put by hand, running or past, or a task where the calendar carries it out: not the planner's doing. */
export function given(subject: Case, block: Block): boolean {
  const carried = block.event.type === "task" ? subject.calendar.get(block.key) : undefined;
  if (carried && carried.start === block.start && carried.end === block.end) return true;

  const old = subject.before.get(block.key);
  return old !== undefined && (old.event.pinned || old.start < subject.start) && stood(subject, block);
}

export function chosen(subject: Case): Block[] {
  return subject.blocks.filter((block) => !given(subject, block));
}

/** A moveable event that was left where the calendar, or the plan before, has it. */
export function unmoved(subject: Case, block: Block): boolean {
  if (block.event.type !== "event") return false;
  const original = subject.calendar.get(block.key);
  if (!original || stood(subject, block)) return stood(subject, block);
  return original.moveable && original.start === block.start && original.end === block.end;
}

/** Tasks and calendar events may have the same ids. */
function keyOf({ type, id, task_id: taskId }: ScheduledEvent): string {
  return type === "task" ? `task:${id}:${taskId ?? id}` : `${type}:${id}`;
}
