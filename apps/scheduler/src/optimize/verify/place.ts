import {
  type Block,
  type Case,
  chosen,
  dayMinutes,
  given,
  instantOf,
  shownAs,
  unmoved,
  type Violation,
  violation,
} from "./case.ts";

export function clock(subject: Case): Violation[] {
  return chosen(subject).flatMap((block) => {
    if (block.end <= block.start) return [violation("order", [block], "does not end after its start")];
    if (block.start < subject.start) return [violation("past", [block], "starts before planning may")];
    return block.end > subject.end ? [violation("horizon", [block], "ends after the days planned")] : [];
  });
}

function clockMinutes(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
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

export function hours(subject: Case): Violation[] {
  return chosen(subject)
    .filter(({ event }) => event.type === "task")
    .flatMap((block) => {
      const open = windows(subject, block, (block.event.category ?? "work") === "work");
      // Shifts may touch or overlap: what is in no single one may still be in them together.
      let reached = block.start;
      for (const { start, end } of open.sort((a, b) => a.start - b.start))
        if (start <= reached) reached = Math.max(reached, end);
      return reached >= block.end && open.some(({ start, end }) => start <= block.start && block.start < end)
        ? []
        : [violation("hours", [block], "is outside of its hours")];
    });
}

export function overlap(subject: Case): Violation[] {
  const planned = subject.blocks.filter(({ end, start }) => end > start);
  const keys = new Set(planned.map(({ key }) => key));
  const fixed = subject.fixed.filter((event) => !keys.has(shownAs(event)));
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

export function constraints(subject: Case): Violation[] {
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
