import { type Block, type Case, chosen } from "./case.ts";
import { type Violation, violation } from "./violation.ts";
import { dayMinutes, instantOf } from "./wall.ts";

export function clock(subject: Case): Violation[] {
  return chosen(subject).flatMap((block) => {
    if (block.end <= block.start) return [violation("order", [block], "does not end after its start")];
    if (block.start < subject.start) return [violation("past", [block], "starts before planning may")];
    const soonest = block.task?.earliest_start;
    if (soonest && block.start < instantOf(soonest, subject.wall))
      return [violation("earliest_start", [block], `starts before ${soonest}`)];
    return block.end > subject.end ? [violation("horizon", [block], "ends after the days planned")] : [];
  });
}

function clockMinutes(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
}

const names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** The name of a day counted from 1970-01-01, which was a Thursday. */
export function weekday(day: number): string {
  return names[(((day + 4) % 7) + 7) % 7] ?? "";
}

/** From when to when, in minutes of the day on which they open; a window replaces the hours, not the days. */
function opening({ user_preferences: { work_start_time: from, work_end_time: until } }: Case["asked"], block: Block) {
  const work = (block.task?.category ?? block.event.category ?? "work") === "work";
  const [first = "", last = ""] = block.task?.window?.split("-").map((text) => text.trim()) ?? [];
  if (first !== "") return { work, first: clockMinutes(first), last: clockMinutes(last) };

  return { work, first: clockMinutes(from), last: work ? clockMinutes(until) : 22 * 60 };
}

type Opening = { day: number; start: number; end: number };

/** The stretches in which a task may stand around a block, from each day's own wall clock. */
export function openings({ asked, wall }: Case, block: Block): Opening[] {
  const { work, first, last } = opening(asked, block);
  const { work_days: days } = asked.user_preferences;
  const today = Math.floor(wall.shown(block.start) / dayMinutes);
  const found: Opening[] = [];
  for (let day = today - 3; day <= today + 3; day += 1) {
    const midday = wall.instant(day * dayMinutes + 720);
    if (Math.floor(wall.shown(midday) / dayMinutes) !== day) continue;
    if (work && !days.some((each) => each === weekday(day))) continue;
    const base = day * dayMinutes;
    const end = wall.instant(base + last + (last > first ? 0 : dayMinutes));
    found.push({ day, start: wall.instant(base + first), end });
  }
  return found;
}

export function hours(subject: Case): Violation[] {
  return chosen(subject)
    .filter(({ event }) => event.type === "task")
    .flatMap((block) => {
      const open = openings(subject, block);
      // Shifts may touch or overlap: what is in no single one may still be in them together.
      let reached = block.start;
      for (const { start, end } of open.sort((a, b) => a.start - b.start))
        if (start <= reached) reached = Math.max(reached, end);
      return reached >= block.end && open.some(({ start, end }) => start <= block.start && block.start < end)
        ? []
        : [violation("hours", [block], "is outside of its hours")];
    });
}
