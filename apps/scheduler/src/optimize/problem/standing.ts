import type { OptimizeRequest, ScheduledEvent, Task } from "../../contract/index.ts";
import { pin } from "./appointments.ts";
import type { Want } from "./demand.ts";
import { type Diary, askedFor, occasionOf, type Repeat } from "./habit.ts";
import { counts } from "./pattern.ts";
import { minuteMs, minutes, type Span } from "../time/spans.ts";
import { readTask } from "./tasks.ts";

/** An event of the plan so far, with its times read. */
export type Standing = Span & { readonly event: ScheduledEvent };

function taskIdOf({ task_id: taskId, id }: ScheduledEvent): string {
  return taskId ?? id;
}

type Past = { readonly request: OptimizeRequest; readonly start: number; readonly diary: Diary };

/**
 * The tasks of the plan so far, where they stand. What is pinned or has begun is locked there; what is left of a split
 * task becomes whole again, so that it may be cut anew.
 * @param pinned what the calendar carries out of the tasks
 */
export function standingWants(tasks: readonly Standing[], pinned: readonly Want[], past: Past): Want[] {
  const known = new Map(past.request.tasks.map((task) => [task.id, task]));
  const groups = new Map<string, Standing[]>();
  for (const each of [...tasks].sort((a, b) => a.start - b.start)) {
    const id = taskIdOf(each.event);
    groups.set(id, [...(groups.get(id) ?? []), each]);
  }
  return [...groups].flatMap(([id, events]) => {
    const task = known.get(id);
    const carried = () => pinned.filter(({ taskId }) => taskId === id);
    if (task?.repeat) return habitWants(task, task.repeat, { events, carried: carried() }, past);
    if (task?.split && carried().length === 0) return splitWants(task, events, past);
    return events.map((event) => placedWant(event, task, events.length, past));
  });
}

/** The task that an event carries out: the one in the request, or what the event itself says. */
function placedWant({ event, ...span }: Standing, task: Task | undefined, pieces: number, past: Past): Want {
  const { zone } = past.diary;
  const known = readTask(task ?? derived(event, minutes(span)), zone);
  const occasion = task?.repeat ? occasionOf({ id: event.id, home: span }, task.repeat, past.diary) : null;
  const want = { ...known, id: event.id, occasion };
  if (isHeld({ event, ...span }, past)) return { ...want, ...pin(event.id, span) };

  // A piece of a split task is as long as its event; a whole task as long as the request says by now.
  const isPiece = pieces > 1 && !occasion;
  const length = isPiece || !task ? Math.max(1, minutes(span)) : known.minutes;
  const home = { start: span.start, end: span.start + length * minuteMs };
  return { ...want, minutes: length, home, resized: length !== minutes(span) };
}

function isHeld({ event, start }: Standing, past: Past): boolean {
  return event.pinned || start < past.start;
}

type Times = { readonly events: readonly Standing[]; readonly carried: readonly Want[] };

/** The times of a habit that stand, without those by which there are more in a week than are asked for by now. */
function habitWants(task: Task, repeat: Repeat, { events, carried }: Times, past: Past): Want[] {
  const wants = (some: readonly Standing[]) => some.map((each) => placedWant(each, task, events.length, past));
  const held = wants(events.filter((each) => isHeld(each, past)));
  const free = wants(events.filter((each) => !isHeld(each, past)));
  return [...held, ...askedFor(free, [...carried, ...held], repeat, past.diary.zone)];
}

function splitWants(task: Task, events: readonly Standing[], past: Past): Want[] {
  const want = readTask(task, past.diary.zone);
  const held = events.filter((each) => isHeld(each, past));
  const free = events.filter((each) => !isHeld(each, past));
  const locked = held.map((each) => placedWant(each, task, events.length, past));
  const left = want.minutes - locked.reduce((sum, { minutes: length }) => sum + length, 0);
  const isWhole = free.length > 0 && left === free.reduce((sum, each) => sum + minutes(each), 0);
  if (isWhole || (want.split && left > 0 && counts(left, want.split)))
    return [...locked, { ...want, minutes: left, stood: free.map(({ event, ...home }) => ({ id: event.id, home })) }];

  return [...locked, ...free.map((each) => placedWant(each, task, events.length, past))];
}

function derived(event: ScheduledEvent, length: number): Parameters<typeof readTask>[0] {
  return {
    id: taskIdOf(event),
    title: event.title,
    category: event.category ?? "work",
    priority: event.priority ?? "medium",
    estimated_duration_minutes: length,
    deadline_is_hard: false,
    dependencies: [],
    dependency_lags: {},
    buffer_before_minutes: 0,
    buffer_after_minutes: 0,
  };
}
