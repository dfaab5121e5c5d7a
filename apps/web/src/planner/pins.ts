import { instantOf, isoIn, type ScheduledEvent, type Task } from "@beq/scheduler/contract";
import type { Stay } from "../calendar/move.ts";
import type { Action, BusyEvent, Draft } from "./draft.ts";
import { noBuffers } from "./fresh.ts";
import { releasing } from "./release.ts";

const prefix = "pin:";
const minute = 60_000;

type Block = Pick<ScheduledEvent, "id" | "task_id">;

/**
 * Puts a task that has no place yet where it is wanted, from `start` to `end` (epoch milliseconds), and keeps it there:
 * all of it, of a habit the one time on that day.
 */
export function pinAction(
  draft: Draft,
  task: Pick<Task, "id" | "title" | "repeat">,
  start: number,
  end: number,
): Action {
  const day = isoIn(draft.preferences.timezone, start).slice(0, 10);
  const id = task.repeat ? `${task.id}#${day}` : task.id;
  const pin = pinAt(draft, { id, task_id: task.id, title: task.title }, { start, end });
  return { kind: "set", setting: { events: [...withoutPin(draft, { id, task_id: task.id }), pin] } };
}

/**
 * Puts one block of a plan where it is wanted and keeps it there. What carries out a part of a task carries out all of
 * it, so the other `blocks` of a split task are kept where they stand; the other times of a habit stay free to move.
 */
export function pinBlock(draft: Draft, blocks: readonly ScheduledEvent[], block: ScheduledEvent, stay: Stay): Action {
  const { task_id: taskId } = block;
  if (taskId === null) return { kind: "set", setting: {} };

  const zone = draft.preferences.timezone;
  // What is over may have been planned again under its name.
  const newest = [...new Map(blocks.map((one) => [one.id, one])).values()];
  const others = newest.filter(
    ({ id, task_id: other }) => other === taskId && id !== block.id && !isHabit(draft.tasks, taskId),
  );
  const pins = [...others.map((other) => pinAt(draft, other, stayOf(other, zone))), pinAt(draft, block, stay)];
  const events = [...withoutPin(draft, block), ...pins];
  return { kind: "set", setting: { events, ...releasing(draft, storedPins(draft, [...others, block])) } };
}

/** The same with another length. A task done in one piece takes that long from now on. */
export function resizeBlock(
  draft: Draft,
  blocks: readonly ScheduledEvent[],
  block: ScheduledEvent,
  stay: Stay,
): Action {
  const pin = pinBlock(draft, blocks, block, stay);
  const task = draft.tasks.find(({ id }) => id === block.task_id);
  if (!task || !isWhole(task)) return pin;

  const minutes = Math.round((stay.end - stay.start) / minute);
  return { kind: "all", actions: [{ kind: "edit", id: task.id, patch: { estimated_duration_minutes: minutes } }, pin] };
}

/** Lets planning place the task again, of a habit the one time that `block` is, whoever put it there. */
export function unpinAction(draft: Draft, block: ScheduledEvent): Action {
  return {
    kind: "set",
    setting: { events: withoutPin(draft, block), ...releasing(draft, storedPins(draft, [block])) },
  };
}

/** Those of the blocks that were put by hand elsewhere than in this draft. */
function storedPins(draft: Draft, blocks: readonly ScheduledEvent[]): ScheduledEvent[] {
  return blocks.filter((block) => block.pinned && !isPinned(draft, block));
}

/** Whether a block stands where it stands because a person put it there. */
export function isPinned(draft: Pick<Draft, "events" | "tasks">, block: Block): boolean {
  return draft.events.some(belongsTo(draft, block));
}

/**
 * The events that are planned around: pins of tasks that are gone fall away, and a task done in one piece is as long as
 * it is said to take now.
 */
export function standing({ events, tasks, preferences: { timezone } }: Draft): BusyEvent[] {
  const known = new Map(tasks.map((task) => [task.id, task]));
  return events.flatMap((event) => {
    if (!event.id.startsWith(prefix) || !event.task_id) return event;
    const task = known.get(event.task_id);
    if (!task) return [];
    if (!isWhole(task)) return { ...event, title: task.title };

    const end = instantOf(event.start_time, timezone) + task.estimated_duration_minutes * minute;
    return { ...event, title: task.title, end_time: isoIn(timezone, end) };
  });
}

/**
 * What was put by hand as blocks of a plan, under the ids that the plan gave them.
 * @param told what planning said of them where it found them
 */
export function pinnedBlocks(
  events: readonly BusyEvent[],
  tasks: readonly Task[],
  told: readonly ScheduledEvent[] = [],
): ScheduledEvent[] {
  const known = new Map(tasks.map((task) => [task.id, task]));
  const said = new Map(told.map((event) => [placeOf(event), event]));
  return events.flatMap(({ id, task_id: taskId, title, start_time, end_time }) => {
    const task = known.get(taskId ?? "");
    if (!task) return [];
    const { p_on_time = null, eta = null, explanation = null } = said.get(placeOf({ id, start_time, end_time })) ?? {};
    return {
      id: idOf(id),
      task_id: task.id,
      title,
      start_time,
      end_time,
      type: "task",
      priority: task.priority,
      category: task.category,
      pinned: true,
      reason: "You put it here.",
      p_on_time,
      eta,
      explanation,
    };
  });
}

function placeOf({ id, start_time: start, end_time: end }: Pick<ScheduledEvent, "id" | "start_time" | "end_time">) {
  return `${id} ${Date.parse(start)} ${Date.parse(end)}`;
}

function pinAt(
  { preferences: { timezone } }: Draft,
  { id, task_id, title }: Pick<ScheduledEvent, "id" | "task_id" | "title">,
  { start, end }: Stay,
): BusyEvent {
  return {
    id: `${prefix}${id}`,
    task_id,
    title,
    start_time: isoIn(timezone, start),
    end_time: isoIn(timezone, end),
    is_moveable: false,
    ...noBuffers,
  };
}

function isWhole({ split, repeat }: Task): boolean {
  return !split && !repeat;
}

function stayOf({ start_time: start, end_time: end }: ScheduledEvent, zone: string): Stay {
  return { start: instantOf(start, zone), end: instantOf(end, zone) };
}

function withoutPin(draft: Pick<Draft, "events" | "tasks">, block: Block): BusyEvent[] {
  const isItsOwn = belongsTo(draft, block);
  return draft.events.filter((event) => !isItsOwn(event));
}

/** Blocks of one task stand and fall together, the times of a habit each for itself. */
export function belongsTo(
  { tasks }: Pick<Draft, "tasks">,
  { id, task_id: taskId }: Block,
): (event: Pick<BusyEvent, "id" | "task_id">) => boolean {
  const alone = isHabit(tasks, taskId);
  return (event) => event.task_id === taskId && (!alone || idOf(event.id) === id);
}

function isHabit(tasks: readonly Task[], taskId: string | null): boolean {
  return Boolean(tasks.find(({ id }) => id === taskId)?.repeat);
}

/** The id that the plan gave a block. */
function idOf(id: string): string {
  return id.startsWith(prefix) ? id.slice(prefix.length) : id;
}
