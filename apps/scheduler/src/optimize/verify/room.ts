import { type Case, chosen, given, unmoved } from "./case.ts";
import { type Violation, violation } from "./violation.ts";
import { instantOf } from "./wall.ts";

/** Something that takes time; `from` and `to` take in what it keeps free around itself. */
type Thing = { id: string; start: number; end: number; from: number; to: number; isMine: boolean };

/** All that takes time: what the planner chose, what was given to it, and the calendar's events that it does not show. */
function things(subject: Case): Thing[] {
  const planned = subject.blocks.filter(({ end, start }) => end > start);
  const shown = new Set(planned.map(({ key }) => key));
  const fixed = subject.fixed.filter(({ key }) => !shown.has(key));
  return [
    ...planned.map((block) => ({ ...block, isMine: !given(subject, block) && !unmoved(subject, block) })),
    ...fixed.map((event) => ({ ...event, isMine: false })),
  ].map(({ id, start, end, lead, trail, isMine }) => ({ id, start, end, from: start - lead, to: end + trail, isMine }));
}

/** No two things at once, and nothing in the time that another keeps free, that time of its own included. */
export function overlap(subject: Case): Violation[] {
  const found: Violation[] = [];
  let open: Thing[] = [];
  for (const next of things(subject).sort((a, b) => a.from - b.from)) {
    open = open.filter(({ to }) => to > next.from);
    for (const other of open) {
      if (!next.isMine && !other.isMine) continue;
      const isOver = next.start < other.end && other.start < next.end;
      const [first, second] = next.start < other.start ? [next, other] : [other, next];
      found.push(
        isOver
          ? violation("overlap", [first, second], "overlap")
          : violation("buffer", [first, second], "leave too little time between them"),
      );
    }
    open.push(next);
  }
  return found;
}

/** The way to a task starts no sooner than planning does, unless it was begun by a plan before. */
export function leads(subject: Case): Violation[] {
  return (
    chosen(subject)
      .filter(({ event, start, lead }) => event.type === "task" && start - lead < subject.start)
      // Who is on the way already may go on, though it takes longer now.
      .filter(({ start, key }) => start >= subject.start && subject.before.get(key)?.start !== start)
      .map((block) => violation("buffer", [block], "would have to be set out for before planning starts"))
  );
}

export function constraints(subject: Case): Violation[] {
  const { asked, wall } = subject;
  return asked.constraints.flatMap((constraint) => {
    if (!constraint.is_hard_constraint || !constraint.start_time || !constraint.end_time) return [];
    if (constraint.type === "focus_time") return [];
    const start = instantOf(constraint.start_time, wall);
    const end = instantOf(constraint.end_time, wall);
    const barred = constraint.type === "no_meetings" ? "event" : "task";
    return chosen(subject)
      .filter(({ event }) => event.type === barred)
      .filter((block) => {
        // The way to a task may not lead through a block; meetings are barred for themselves only.
        const [lead, trail] = barred === "task" ? [block.lead, block.trail] : [0, 0];
        return block.start - lead < end && start < block.end + trail && !unmoved(subject, block);
      })
      .map((block) => violation("constraint", [block], `stands in '${constraint.description}'`));
  });
}
