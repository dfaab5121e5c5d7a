import type { Task } from "../../contract/index.ts";
import { type Block, type Case, given } from "./case.ts";
import { type Violation, violation } from "./violation.ts";
import { dayMinutes, minuteMs } from "./wall.ts";

/** The blocks of each task in order of time. */
export function byTask(blocks: readonly Block[]): Map<string, Block[]> {
  const found = new Map<string, Block[]>();
  for (const block of [...blocks].sort((a, b) => a.start - b.start)) {
    if (block.event.type !== "task") continue;
    const id = block.event.task_id ?? block.id;
    found.set(id, [...(found.get(id) ?? []), block]);
  }
  return found;
}

export function isSplit({ split, repeat }: Task): boolean {
  return Boolean(split) && !repeat;
}

function minutesOf(blocks: readonly { start: number; end: number }[]): number {
  return blocks.reduce((sum, { start, end }) => sum + Math.round((end - start) / minuteMs), 0);
}

/** Pieces no shorter and no longer than asked, in order, that make the whole together. */
export function splits(subject: Case, unscheduled: readonly string[]): Violation[] {
  const old = byTask([...subject.before.values()]);
  const carried = new Set(subject.fixed.map(({ taskId }) => taskId));
  return [...byTask(subject.blocks)].flatMap(([id, pieces]) => {
    const task = subject.tasks.get(id);
    if (!task || !isSplit(task) || carried.has(id)) return [];
    const total = minutesOf(pieces);
    // Of a task that was begun, the rest may be left out; it is reported then.
    const begun = unscheduled.includes(id) && pieces.some((piece) => given(subject, piece));
    const isWhole = [task.estimated_duration_minutes, minutesOf(old.get(id) ?? [])].includes(total);
    return [
      ...pieces.filter((piece) => isMisshapen(subject, piece, task)).map((piece) => misshapen(piece)),
      ...(isWhole || begun ? [] : [violation("split", pieces, `last ${total} min together`)]),
      // Pieces are alike: where some were put by hand, the others keep no order around them.
      ...(pieces.some((piece) => given(subject, piece)) ? [] : disorder(pieces)),
    ];
  });
}

function misshapen(piece: Block): Violation {
  return violation("split", [piece], `a piece of ${minutesOf([piece])} min is not what its task allows`);
}

function isMisshapen(subject: Case, piece: Block, { split }: Task): boolean {
  const was = subject.before.get(piece.key);
  if (!split || given(subject, piece) || (was && minutesOf([was]) === minutesOf([piece]))) return false;
  return minutesOf([piece]) < split.min_minutes || minutesOf([piece]) > split.max_minutes;
}

function disorder(pieces: readonly Block[]): Violation[] {
  const numbers = pieces.map(({ id }) => Number(/#(\d+)$/.exec(id)?.[1] ?? Number.NaN));
  if (numbers.some(Number.isNaN)) return [];
  return numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0))
    ? []
    : [violation("split", pieces, "stand in the wrong order")];
}

/** Task time that starts on one date stays below what the person and each split task allow, where planning adds to it. */
export function caps(subject: Case): Violation[] {
  const shown = new Set(subject.blocks.map(({ key }) => key));
  const carried = subject.fixed.filter(({ taskId, key }) => subject.tasks.has(taskId ?? "") && !shown.has(key));
  const tasks = subject.blocks.filter(({ event }) => event.type === "task");
  const most = subject.asked.user_preferences.max_work_minutes_per_day ?? Infinity;
  const own = [...byTask(tasks)].flatMap(([id, pieces]) => {
    const task = subject.tasks.get(id);
    const limit = task && isSplit(task) ? task.split?.max_minutes_per_day : null;
    return limit ? crowded(subject, pieces, [], limit) : [];
  });
  return [...crowded(subject, tasks, carried, most), ...own];
}

function crowded(
  subject: Case,
  blocks: readonly Block[],
  carried: readonly { start: number; end: number }[],
  limit: number,
): Violation[] {
  const dateOf = ({ start }: { start: number }) => Math.floor(subject.wall.shown(start) / dayMinutes);
  const chosen = blocks.filter((block) => !given(subject, block));
  return [...new Set(chosen.map(dateOf))].flatMap((date) => {
    const minutes = minutesOf([...blocks, ...carried].filter((each) => dateOf(each) === date));
    const here = chosen.filter((each) => dateOf(each) === date);
    return minutes > limit ? [violation("cap", here, `${minutes} min of work on one day, ${limit} are allowed`)] : [];
  });
}
