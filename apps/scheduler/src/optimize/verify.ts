import type { OptimizeRequest, ScheduledEvent, Task, Week } from "../contract/index.ts";
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

type Asked = Week | OptimizeRequest;
type Block = { id: string; start: number; end: number; event: ScheduledEvent };
type Fixed = { id: string; start: number; end: number; moveable: boolean; taskId: string | null };

type Case = {
  asked: Asked;
  wall: Wall;
  start: number;
  end: number;
  now: number;
  blocks: Block[];
  fixed: Fixed[];
  /** The plan before, by event id; empty for a first plan. */
  before: Map<string, Block>;
  tasks: Map<string, Task>;
};

/**
 * Judges a plan by the request alone. Shares nothing with what made the plan, the reading of times included.
 * @param now epoch milliseconds, as the planner was told
 */
export function verify(asked: Asked, plan: Judged, now: number): Violation[] {
  const wall = createWall(asked.user_preferences.timezone);
  const events = "scheduled_events" in plan ? plan.scheduled_events : plan.optimized_schedule;
  const read = (event: ScheduledEvent): Block => ({
    id: event.id,
    start: instantOf(event.start_time, wall),
    end: instantOf(event.end_time, wall),
    event,
  });
  const start = asked.planning_start ? Math.max(now, instantOf(asked.planning_start, wall)) : now;
  const firstDay = Math.floor(wall.shown(start) / dayMinutes);
  const subject: Case = {
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
    before: new Map("existing_schedule" in asked ? asked.existing_schedule.map((event) => [event.id, read(event)]) : []),
    tasks: new Map(asked.tasks.map((task) => [task.id, task])),
  };
  return [
    ...clock(subject),
    ...hours(subject),
    ...overlap(subject),
    ...constraints(subject),
    ...dependencies(subject),
    ...lengths(subject),
    ...pins(subject),
    ...rests(subject),
    ...accounts(subject, plan.unscheduled_tasks),
  ];
}

const dayMinutes = 1_440;
const minuteMs = 60_000;

/** ISO 8601; what has no offset is read off the wall. */
function instantOf(text: string, wall: Wall): number {
  const [, year, month, day, hour, minute, second, , sign, offHour, offMinute] =
    /^(\d+)-(\d+)-(\d+)(?:[T ](\d+):(\d+)(?::(\d+)(?:[.,]\d+)?)?)?(Z|([+-])(\d\d):?(\d\d))?$/i.exec(text) ?? [];
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour ?? 0), Number(minute ?? 0));
  const seconds = Number(second ?? 0) * 1_000;
  if (sign) return utc + seconds - (sign === "-" ? -1 : 1) * (Number(offHour) * 60 + Number(offMinute)) * minuteMs;
  return /z$/i.test(text) ? utc + seconds : wall.instant(utc / minuteMs) + seconds;
}

function clockMinutes(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
}

function violation(rule: Violation["rule"], blocks: readonly { id: string }[], message: string): Violation {
  return { rule, event_ids: blocks.map(({ id }) => id), message: `${blocks.map(({ id }) => id).join(", ")}: ${message}` };
}

/** Whether the block stands where the plan before had it. */
function stood({ before }: Case, block: Block): boolean {
  const old = before.get(block.id);
  return old !== undefined && old.start === block.start && old.end === block.end;
}

/** Put by hand, running or past: not the planner's doing. */
function given(subject: Case, block: Block): boolean {
  const old = subject.before.get(block.id);
  return old !== undefined && (old.event.pinned || old.start < subject.start) && stood(subject, block);
}

function chosen(subject: Case): Block[] {
  return subject.blocks.filter((block) => !given(subject, block));
}

/** A moveable event that was left where the calendar has it. */
function unmoved({ fixed }: Case, block: Block): boolean {
  return fixed.some(({ id, moveable, start, end }) => moveable && id === block.id && start === block.start && end === block.end);
}

function clock(subject: Case): Violation[] {
  return chosen(subject).flatMap((block) => {
    if (block.end <= block.start) return [violation("order", [block], "does not end after its start")];
    if (block.start < subject.start) return [violation("past", [block], "starts before planning may")];
    return block.end > subject.end ? [violation("horizon", [block], "ends after the days planned")] : [];
  });
}

const names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** The stretches in which tasks of a kind may stand around a block, from each day's own wall clock. */
function windows({ asked, wall }: Case, block: Block, work: boolean): { start: number; end: number }[] {
  const { work_start_time: from, work_end_time: until, work_days: days } = asked.user_preferences;
  const first = clockMinutes(from);
  const last = work ? clockMinutes(until) : 22 * 60;
  const today = Math.floor(wall.shown(block.start) / dayMinutes);
  const found: { start: number; end: number }[] = [];
  for (let day = today - 3; day <= today + 3; day += 1) {
    const midday = wall.instant(day * dayMinutes + 720);
    if (Math.floor(wall.shown(midday) / dayMinutes) !== day) continue;
    // Day 0, 1970-01-01, was a Thursday.
    const name = names[(((day + 4) % 7) + 7) % 7];
    if (work && !days.some((each) => each === name)) continue;
    const base = day * dayMinutes;
    found.push({ start: wall.instant(base + first), end: wall.instant(base + last + (last > first ? 0 : dayMinutes)) });
  }
  return found;
}

function hours(subject: Case): Violation[] {
  return chosen(subject)
    .filter(({ event }) => event.type === "task")
    .flatMap((block) => {
      const open = windows(subject, block, (block.event.category ?? "work") === "work");
      // Shifts may touch or overlap: what is in no single one may still be in them together.
      let reached = block.start;
      for (const { start, end } of open.sort((a, b) => a.start - b.start)) if (start <= reached) reached = Math.max(reached, end);
      return reached >= block.end && open.some(({ start, end }) => start <= block.start && block.start < end)
        ? []
        : [violation("hours", [block], "is outside of its hours")];
    });
}

function overlap(subject: Case): Violation[] {
  const planned = subject.blocks.filter(({ end, start }) => end > start);
  const ids = new Set(planned.map(({ id }) => id));
  const fixed = subject.fixed.filter(({ id, moveable }) => !(moveable && ids.has(id)) && !ids.has(id));
  const all = [
    ...planned.map((block) => ({ ...block, mine: !given(subject, block) && !unmoved(subject, block) })),
    ...fixed.map((event) => ({ ...event, mine: false })),
  ].sort((a, b) => a.start - b.start);
  const found: Violation[] = [];
  let open: typeof all = [];
  for (const block of all) {
    open = open.filter(({ end }) => end > block.start);
    for (const other of open) if (block.mine || other.mine) found.push(violation("overlap", [other, block], "overlap"));
    open.push(block);
  }
  return found;
}

function constraints(subject: Case): Violation[] {
  const { asked, wall } = subject;
  return asked.constraints.flatMap((constraint) => {
    if (!constraint.is_hard_constraint || !constraint.start_time || !constraint.end_time) return [];
    if (constraint.type === "focus_time") return [];
    const start = instantOf(constraint.start_time, wall);
    const end = instantOf(constraint.end_time, wall);
    const barred = constraint.type === "no_meetings" ? "event" : "task";
    return chosen(subject)
      .filter((block) => block.event.type === barred && block.start < end && start < block.end)
      .filter((block) => !unmoved(subject, block))
      .map((block) => violation("constraint", [block], `stands in '${constraint.description}'`));
  });
}

/** When each task is done: its blocks in the plan and those that the calendar carries out. */
function doneAt({ blocks, fixed }: Case, taskId: string): number | null {
  const ends = [
    ...blocks.filter(({ event }) => event.type === "task" && event.task_id === taskId).map(({ end }) => end),
    ...fixed.filter((event) => event.taskId === taskId).map(({ end }) => end),
  ];
  return ends.length > 0 ? Math.max(...ends) : null;
}

function dependencies(subject: Case): Violation[] {
  return chosen(subject).flatMap((block) => {
    const task = block.event.type === "task" ? subject.tasks.get(block.event.task_id ?? "") : undefined;
    return (task?.dependencies ?? []).flatMap((id) => {
      if (!subject.tasks.has(id)) return [];
      const done = doneAt(subject, id);
      if (done === null) return [violation("dependency", [block], `stands although '${id}' does not`)];
      return done > block.start ? [violation("dependency", [block], `starts before '${id}' ends`)] : [];
    });
  });
}

function lengths(subject: Case): Violation[] {
  const found: Violation[] = [];
  for (const block of chosen(subject)) {
    const minutes = (block.end - block.start) / minuteMs;
    const wanted = lengthOf(subject, block);
    if (wanted !== null && minutes !== wanted)
      found.push(violation("duration", [block], `takes ${minutes} min instead of ${wanted}`));
    const task = block.event.type === "task" ? subject.tasks.get(block.event.task_id ?? "") : undefined;
    if (task?.deadline_is_hard && task.deadline && block.end > instantOf(task.deadline, subject.wall))
      found.push(violation("deadline", [block], "ends after its hard deadline"));
  }
  return found;
}

function lengthOf({ asked, tasks, fixed, before, blocks }: Case, block: Block): number | null {
  const { lunch_duration_minutes: lunch, break_duration_minutes: rest } = asked.user_preferences;
  const { type, task_id: taskId } = block.event;
  if (type === "lunch") return lunch;
  if (type === "break") return rest;
  const old = before.get(block.id) ?? fixed.find(({ id }) => id === block.id);
  const was = old ? (old.end - old.start) / minuteMs : null;
  if (type === "event") return was;
  const pieces = blocks.filter(({ event }) => event.type === "task" && event.task_id === taskId).length;
  return pieces > 1 ? was : (tasks.get(taskId ?? "")?.estimated_duration_minutes ?? was);
}

function pins(subject: Case): Violation[] {
  const here = new Map(subject.blocks.map((block) => [block.id, block]));
  return [...subject.before.values()].flatMap((old) => {
    const running = old.start < subject.start;
    if (old.event.type !== "task" || !(old.event.pinned || running)) return [];
    // The calendar may carry the event itself; then the plan does not repeat it.
    if (subject.fixed.some(({ id }) => id === old.id)) return [];
    const block = here.get(old.id);
    return block && stood(subject, block) ? [] : [violation("pinned", [old], "was to stay where it was")];
  });
}

/** Two or more tasks in a row never exceed the time after which a break is due, unless they stood so before. */
function rests(subject: Case): Violation[] {
  const { break_frequency_minutes: limit, break_duration_minutes: rest } = subject.asked.user_preferences;
  const meetings = [...subject.fixed.filter(({ moveable }) => !moveable), ...subject.blocks.filter(({ event }) => event.type === "event")];
  const tasks = subject.blocks.filter(({ event }) => event.type === "task").sort((a, b) => a.start - b.start);
  const found: Violation[] = [];
  let run: Block[] = [];
  for (const block of tasks) {
    const last = run.at(-1);
    if (last && rested(last.end, block.start, meetings, rest * minuteMs)) run = [];
    run.push(block);
    const worked = run.reduce((sum, { start, end }) => sum + (end - start) / minuteMs, 0);
    const own = run.every((each) => !stood(subject, each));
    if (run.length > 1 && worked > limit && own) found.push(violation("rest", run, `${worked} min of work without a break`));
  }
  return found;
}

/** Whether some stretch between two moments that no meeting touches is as long as a break. */
function rested(from: number, to: number, meetings: readonly { start: number; end: number }[], rest: number): boolean {
  let free = from;
  for (const { start, end } of [...meetings].sort((a, b) => a.start - b.start)) {
    if (end <= free || start >= to) continue;
    if (start - free >= rest) return true;
    free = Math.max(free, end);
  }
  return to - free >= rest;
}

function accounts(subject: Case, unscheduled: readonly string[]): Violation[] {
  const { asked, blocks, fixed, before, tasks } = subject;
  const left = new Set(unscheduled);
  const placed = new Map<string, Block[]>();
  for (const block of blocks) {
    if (block.event.type !== "task") continue;
    const id = block.event.task_id ?? block.id;
    placed.set(id, [...(placed.get(id) ?? []), block]);
  }
  const carried = new Set(fixed.map(({ taskId }) => taskId));
  const lost = asked.tasks.filter(({ id }) => !placed.has(id) && !left.has(id) && !carried.has(id));
  const both = [...left].filter((id) => placed.has(id) && ![...before.values()].some(({ event }) => event.task_id === id));
  const unknown = blocks.filter(({ event, id }) => event.type === "task" && !tasks.has(event.task_id ?? "") && !before.has(id));
  const repeated = blocks.filter(({ id }, index) => blocks.findIndex((other) => other.id === id) !== index);
  const moveable = fixed.filter(
    (event) => event.moveable && event.start >= subject.start && event.end <= subject.end && !blocks.some(({ id }) => id === event.id),
  );
  return [
    ...lost.map((task) => violation("lost", [task], "is neither planned nor reported")),
    ...both.map((id) => violation("twice", [{ id }], "is planned and reported as left out")),
    ...repeated.map((block) => violation("twice", [block], "appears twice")),
    ...[...placed.values()].flatMap((pieces) =>
      pieces.length > 1 && !pieces.some((piece) => before.has(piece.id) || piece.id.includes("#"))
        ? [violation("twice", pieces, "carry out the same task")]
        : [],
    ),
    ...unknown.map((block) => violation("unknown", [block], "is no task of the request")),
    ...moveable
      .filter(({ start, end }) => !fixed.some((other) => !other.moveable && other.start < end && start < other.end))
      .map((event) => violation("lost", [event], "is a moveable event without a place")),
  ];
}
