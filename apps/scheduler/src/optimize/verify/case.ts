import type { OptimizeRequest, ScheduledEvent, Task, Week } from "../../contract/index.ts";
import { createWall, type Wall } from "./wall.ts";

/** A hard rule that a plan breaks. */
export type Violation = {
  readonly rule:
    | "past"
    | "horizon"
    | "hours"
    | "overlap"
    | "constraint"
    | "dependency"
    | "deadline"
    | "duration"
    | "pinned"
    | "rest"
    | "lost"
    | "twice"
    | "unknown"
    | "order";
  readonly event_ids: readonly string[];
  readonly message: string;
};

/** What is judged: an answer of generate, or one of optimize. */
export type Judged = ({ scheduled_events: ScheduledEvent[] } | { optimized_schedule: ScheduledEvent[] }) & {
  unscheduled_tasks: string[];
};

export type Asked = Week | OptimizeRequest;
/** `key` tells a task from a calendar event of the same id. */
export type Block = { id: string; key: string; start: number; end: number; event: ScheduledEvent };
export type Fixed = { id: string; start: number; end: number; moveable: boolean; taskId: string | null };

export type Case = {
  asked: Asked;
  wall: Wall;
  start: number;
  end: number;
  now: number;
  blocks: Block[];
  fixed: Fixed[];
  /** The plan before, by key; empty for a first plan. */
  before: Map<string, Block>;
  tasks: Map<string, Task>;
};

/** Reads request and answer without any help from what made the answer. */
export function readCase(asked: Asked, plan: Judged, now: number): Case {
  const wall = createWall(asked.user_preferences.timezone);
  const events = "scheduled_events" in plan ? plan.scheduled_events : plan.optimized_schedule;
  const read = (event: ScheduledEvent): Block => ({
    id: event.id,
    key: keyOf(event),
    start: instantOf(event.start_time, wall),
    end: instantOf(event.end_time, wall),
    event,
  });
  const start = asked.planning_start ? Math.max(now, instantOf(asked.planning_start, wall)) : now;
  const firstDay = Math.floor(wall.shown(start) / dayMinutes);
  return {
    asked,
    wall,
    now,
    start,
    end: wall.instant((firstDay + asked.planning_horizon_days) * dayMinutes),
    blocks: events.map(read),
    fixed: asked.existing_events.map((event) => ({
      id: event.id,
      start: instantOf(event.start_time, wall),
      end: instantOf(event.end_time, wall),
      moveable: event.is_moveable && !event.task_id,
      taskId: event.task_id ?? null,
    })),
    before: new Map(
      "existing_schedule" in asked ? asked.existing_schedule.map((event) => [keyOf(event), read(event)]) : [],
    ),
    tasks: new Map(asked.tasks.map((task) => [task.id, task])),
  };
}

export const dayMinutes = 1_440;
export const minuteMs = 60_000;

/** ISO 8601; what has no offset is read off the wall. */
export function instantOf(text: string, wall: Wall): number {
  const [, year, month, day, hour, minute, second, , sign, offHour, offMinute] =
    /^(\d+)-(\d+)-(\d+)(?:[T ](\d+):(\d+)(?::(\d+)(?:[.,]\d+)?)?)?(Z|([+-])(\d\d):?(\d\d))?$/i.exec(text) ?? [];
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour ?? 0), Number(minute ?? 0));
  const seconds = Number(second ?? 0) * 1_000;
  if (sign) return utc + seconds - (sign === "-" ? -1 : 1) * (Number(offHour) * 60 + Number(offMinute)) * minuteMs;
  return /z$/i.test(text) ? utc + seconds : wall.instant(utc / minuteMs) + seconds;
}

export function violation(rule: Violation["rule"], blocks: readonly { id: string }[], message: string): Violation {
  return {
    rule,
    event_ids: blocks.map(({ id }) => id),
    message: `${blocks.map(({ id }) => id).join(", ")}: ${message}`,
  };
}

/** Whether the block stands where the plan before had it. */
export function stood({ before }: Case, block: Block): boolean {
  const old = before.get(block.key);
  return old !== undefined && old.start === block.start && old.end === block.end;
}

/** Put by hand, running or past: not the planner's doing. */
export function given(subject: Case, block: Block): boolean {
  const old = subject.before.get(block.key);
  return old !== undefined && (old.event.pinned || old.start < subject.start) && stood(subject, block);
}

export function chosen(subject: Case): Block[] {
  return subject.blocks.filter((block) => !given(subject, block));
}

/** A moveable event that was left where the calendar has it. */
export function unmoved(subject: Case, block: Block): boolean {
  if (block.event.type !== "event") return false;
  const original = subject.fixed.find(({ id }) => id === block.id);
  if (!original) return stood(subject, block);
  return original.moveable && original.start === block.start && original.end === block.end;
}

/** Tasks and calendar events may have the same ids. */
function keyOf({ type, id, task_id: taskId }: ScheduledEvent): string {
  return type === "task" ? `task:${id}:${taskId ?? id}` : `${type}:${id}`;
}

/** The key that a calendar event has where a plan shows it: as an event, or as the task that it carries out. */
export function shownAs({ id, taskId }: Fixed): string {
  return taskId === null ? `event:${id}` : `task:${id}:${taskId}`;
}
