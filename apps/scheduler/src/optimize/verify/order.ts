import {
  type Block,
  type Case,
  chosen,
  instantOf,
  minuteMs,
  shownAs,
  stood,
  type Violation,
  violation,
} from "./case.ts";

/** When each task is done: its blocks in the plan and those that the calendar carries out. */
function doneAt({ blocks, fixed }: Case, taskId: string): number | null {
  const ends = [
    ...blocks.filter(({ event }) => event.type === "task" && event.task_id === taskId).map(({ end }) => end),
    ...fixed.filter((event) => event.taskId === taskId).map(({ end }) => end),
  ];
  return ends.length > 0 ? Math.max(...ends) : null;
}

export function dependencies(subject: Case): Violation[] {
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

export function lengths(subject: Case): Violation[] {
  const found: Violation[] = [];
  for (const block of chosen(subject)) {
    const minutes = (block.end - block.start) / minuteMs;
    const wanted = lengthOf(subject, block);
    // What the calendar has to the second is planned to the minute.
    if (wanted !== null && minutes !== wanted && minutes !== Math.max(1, Math.round(wanted)))
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
  const old = before.get(block.key) ?? fixed.find((each) => shownAs(each) === block.key);
  const was = old ? (old.end - old.start) / minuteMs : null;
  if (type === "event") return was;
  const pieces = blocks.filter(({ event }) => event.type === "task" && event.task_id === taskId).length;
  return pieces > 1 ? was : (tasks.get(taskId ?? "")?.estimated_duration_minutes ?? was);
}

export function pins(subject: Case): Violation[] {
  const here = new Map(subject.blocks.map((block) => [block.key, block]));
  return [...subject.before.values()].flatMap((old) => {
    const running = old.start < subject.start;
    if (old.event.type !== "task" || !(old.event.pinned || running)) return [];
    // The calendar may carry the event itself; then the plan does not repeat it.
    if (subject.fixed.some((each) => shownAs(each) === old.key)) return [];
    const block = here.get(old.key);
    return block && stood(subject, block) ? [] : [violation("pinned", [old], "was to stay where it was")];
  });
}

/** Two or more tasks in a row never exceed the time after which a break is due, unless they stood so before. */
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
    if (last && rested(last.end, block.start, meetings, rest * minuteMs)) run = [];
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
