import type { Task } from "../../contract/index.ts";
import { type Block, type Case, given } from "./case.ts";
import { byTask } from "./piece.ts";
import { openings, weekday } from "./place.ts";
import { type Violation, violation } from "./violation.ts";
import { dayMinutes, instantOf } from "./wall.ts";

type Habit = { task: Task; blocks: readonly Block[]; carried: boolean };

/** Done on the days named, or so many times a week, never twice on a day. */
export function habits(subject: Case): Violation[] {
  return habitsOf(subject).flatMap(({ task, blocks }) => {
    const days = blocks.map((block) => dayOf(subject, block));
    const chosen = blocks.filter((block) => !given(subject, block));
    if (chosen.length === 0) return [];
    return [
      ...chosen.filter((block) => isOff(subject, task, block)).map((block) => off(block)),
      ...(new Set(days).size < days.length ? [violation("repeat", blocks, "fall on the same day")] : []),
      ...(isCrowded(task, days) ? [violation("repeat", blocks, "are more than a week should have")] : []),
    ];
  });
}

/** What is missing of a habit although no one was told. First plans only: a revised one keeps what there was. */
export function missed(subject: Case, unscheduled: readonly string[]): Violation[] {
  if ("existing_schedule" in subject.asked) return [];
  return habitsOf(subject)
    .filter(({ task, carried }) => !carried && !unscheduled.includes(task.id))
    .filter(({ task, blocks }) => lacks(subject, task, new Set(blocks.map((block) => dayOf(subject, block)))))
    .map(({ task }) => violation("lost", [task], "lacks an occurrence that is not reported"));
}

function habitsOf(subject: Case): Habit[] {
  const blocks = byTask(subject.blocks);
  const carried = new Set(subject.fixed.map(({ taskId }) => taskId));
  return subject.asked.tasks
    .filter(({ repeat }) => repeat)
    .map((task) => ({ task, blocks: blocks.get(task.id) ?? [], carried: carried.has(task.id) }));
}

function shownDay({ wall }: Case, { start }: { start: number }): number {
  return Math.floor(wall.shown(start) / dayMinutes);
}

/** The date that an occurrence's id names, else the one on which it starts. */
function dayOf(subject: Case, block: Block): number {
  const [named] = /(?<=#)\d{4}-\d{2}-\d{2}$/.exec(block.id) ?? [];
  return named ? Date.parse(`${named}T00:00Z`) / (dayMinutes * 60_000) : shownDay(subject, block);
}

function off(block: Block): Violation {
  return violation("repeat", [block], "stands on another day than it should");
}

function isOff(subject: Case, { repeat }: Task, block: Block): boolean {
  const day = dayOf(subject, block);
  // After midnight it is still the day on which its hours opened.
  const isOpen = openings(subject, block).some(
    (each) => each.day === day && each.start <= block.start && block.start < each.end,
  );
  if (day !== shownDay(subject, block) && !isOpen) return true;
  return Boolean(repeat && "days" in repeat && !repeat.days.some((name) => name === weekday(day)));
}

/** Counts weeks from Monday to Sunday. */
function weekOf(day: number): number {
  return Math.floor((day + 3) / 7);
}

function isCrowded({ repeat }: Task, days: readonly number[]): boolean {
  if (!repeat || "days" in repeat) return false;
  return days.some((day) => days.filter((other) => weekOf(other) === weekOf(day)).length > repeat.times_per_week);
}

/** Whether a named day, or a place in a week, is empty; of days and weeks that lie in the horizon as a whole. */
function lacks(
  subject: Case,
  { repeat, deadline, earliest_start: earliest }: Task,
  days: ReadonlySet<number>,
): boolean {
  const { wall } = subject;
  // A habit begins with its earliest start and ends with its deadline.
  const whole = wholeDays(subject).filter(
    (day) =>
      (!earliest || wall.instant((day + 1) * dayMinutes) > instantOf(earliest, wall)) &&
      (!deadline || wall.instant(day * dayMinutes) < instantOf(deadline, wall)),
  );
  if (!repeat) return false;
  if ("days" in repeat) return whole.some((day) => repeat.days.some((name) => name === weekday(day)) && !days.has(day));

  const weeks = [...new Set(whole.map(weekOf))].filter(
    (week) => whole.filter((day) => weekOf(day) === week).length === 7,
  );
  return weeks.some((week) => [...days].filter((day) => weekOf(day) === week).length < repeat.times_per_week);
}

/** The dates after the first one; one that a zone skips is none. */
function wholeDays(subject: Case): number[] {
  const { wall, asked } = subject;
  const first = shownDay(subject, subject);
  return Array.from({ length: asked.planning_horizon_days - 1 }, (_, index) => first + 1 + index).filter(
    (day) => Math.floor(wall.shown(wall.instant(day * dayMinutes + 720)) / dayMinutes) === day,
  );
}
