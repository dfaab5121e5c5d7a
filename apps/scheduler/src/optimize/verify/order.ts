import { type Block, type Case, chosen, stood } from "./case.ts";
import { isSplit } from "./piece.ts";
import { type Violation, violation } from "./violation.ts";
import { instantOf, minuteMs } from "./wall.ts";

/** When tasks are done, by their blocks in the plan and those that the calendar carries out; a habit is, once begun. */
function doneTimes({ blocks, fixed, tasks }: Case): Map<string, number> {
  const ends = [
    ...blocks.filter(({ event }) => event.type === "task").map(({ event, end }) => [event.task_id, end] as const),
    ...fixed.map(({ taskId, end }) => [taskId, end] as const),
  ];
  const done = new Map<string, number>();
  for (const [id, end] of ends) {
    if (id === null) continue;
    const known = done.get(id) ?? end;
    done.set(id, tasks.get(id)?.repeat ? Math.min(known, end) : Math.max(known, end));
  }
  return done;
}

export function dependencies(subject: Case): Violation[] {
  const doneAt = doneTimes(subject);
  return chosen(subject).flatMap((block) => {
    const { dependencies: ids = [], dependency_lags: lags = {} } = block.task ?? {};
    return ids.flatMap((id) => {
      if (!subject.tasks.has(id)) return [];
      const done = doneAt.get(id);
      const lag = Object.hasOwn(lags, id) ? (lags[id] ?? 0) : 0;
      if (done === undefined) return [violation("dependency", [block], `stands although '${id}' does not`)];
      if (done + lag * minuteMs <= block.start) return [];
      return [violation("dependency", [block], `starts before '${id}' ended${lag > 0 ? ` ${lag} min ago` : ""}`)];
    });
  });
}

export function lengths(subject: Case): Violation[] {
  const found: Violation[] = [];
  for (const block of chosen(subject)) {
    const minutes = (block.end - block.start) / minuteMs;
    const wanted = lengthOf(subject, block);
    // What the calendar has to the second is planned to the minute.
    if (wanted !== null && minutes !== wanted && minutes !== Math.max(1, Math.round(wanted)))
      found.push(violation("duration", [block], `takes ${minutes} min instead of ${wanted}`));
    const { task } = block;
    if (task?.deadline_is_hard && task.deadline && block.end > instantOf(task.deadline, subject.wall))
      found.push(violation("deadline", [block], "ends after its hard deadline"));
  }
  return found;
}

function lengthOf({ asked, calendar, before, blocks }: Case, block: Block): number | null {
  const { lunch_duration_minutes: lunch, break_duration_minutes: rest } = asked.user_preferences;
  const { type, task_id: taskId } = block.event;
  const { task } = block;
  if (type === "lunch") return lunch;
  if (type === "break") return rest;
  const old = before.get(block.key) ?? calendar.get(block.key);
  const was = old ? (old.end - old.start) / minuteMs : null;
  if (type === "event") return was;
  if (task?.repeat) return task.estimated_duration_minutes;
  if (task && isSplit(task)) return null;
  const isOwn = ({ event }: Block) => event.type === "task" && event.task_id === taskId;
  // Of pieces that stood before, some may be left out.
  const pieces = [blocks, [...before.values()]].map((each) => each.filter(isOwn).length);
  return Math.max(...pieces) > 1 ? was : (task?.estimated_duration_minutes ?? was);
}

export function pins(subject: Case): Violation[] {
  const here = new Map(subject.blocks.map((block) => [block.key, block]));
  return [...subject.before.values()].flatMap((old) => {
    const running = old.start < subject.start;
    if (old.event.type !== "task" || !(old.event.pinned || running)) return [];
    // The calendar may carry the event itself; then the plan does not repeat it.
    if (subject.calendar.has(old.key)) return [];
    const block = here.get(old.key);
    return block && stood(subject, block) ? [] : [violation("pinned", [old], "was to stay where it was")];
  });
}

/**
 * Two or more tasks in a row never exceed the time after which a break is due, unless they stood so before. The way to
 * a task is no break.
 */
export function rests(subject: Case): Violation[] {
  const { break_frequency_minutes: limit, break_duration_minutes: rest } = subject.asked.user_preferences;
  const meetings = [
    ...subject.fixed.filter(({ moveable }) => !moveable),
    ...subject.blocks.filter(({ event }) => event.type === "event"),
  ].sort((a, b) => a.start - b.start);
  const tasks = subject.blocks.filter(({ event }) => event.type === "task").sort((a, b) => a.start - b.start);
  const found: Violation[] = [];
  let run: Block[] = [];
  for (const block of tasks) {
    const last = run.at(-1);
    if (last && rested(last.end, block.start - block.lead, meetings, rest * minuteMs)) run = [];
    run.push(block);
    const worked = run.reduce((sum, { start, end }) => sum + (end - start) / minuteMs, 0);
    const own = run.every((each) => !stood(subject, each));
    if (run.length > 1 && worked > limit && own)
      found.push(violation("rest", run, `${worked} min of work without a break`));
  }
  return found;
}

/** Whether, with meetings sorted, some stretch between two moments that no meeting touches is as long as a break. */
function rested(from: number, to: number, meetings: readonly { start: number; end: number }[], rest: number): boolean {
  let free = from;
  for (const { start, end } of meetings) {
    if (end <= free || start >= to) continue;
    if (start - free >= rest) return true;
    free = Math.max(free, end);
  }
  return to - free >= rest;
}
