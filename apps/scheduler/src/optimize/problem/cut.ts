import type { Demand, Want } from "./demand.ts";
import { minuteMs, minutes as lengthOf } from "../time/spans.ts";
import { counts, even, isAllowed, type Pattern } from "./pattern.ts";

/** Patterns by the task that they are for. */
export type Patterns = ReadonlyMap<string, Pattern>;

/** Whether there are pieces to choose for it. */
export function isCuttable(want: Want): boolean {
  const range = want.split && isSplit(want) ? counts(want.minutes, want.split) : null;
  return range !== null && range.most > 1;
}

/** What has a place of its own is a piece that stays as long as it is. */
function isSplit({ split, locked, piece, home }: Want): boolean {
  return split !== null && !locked && !piece && !home;
}

/** The pattern to begin with: that of the plan before where it still makes the whole, else as few pieces as may be. */
export function firstPatterns({ wants }: Demand, grid: number): Patterns {
  return new Map(wants.filter(isSplit).map((want) => [want.taskId, first(want, grid)]));
}

function first({ split, minutes, stood }: Want, grid: number): Pattern {
  if (!split) return [minutes];
  const old = stood.map(({ home }) => lengthOf(home));
  const isWhole = old.length > 0 && old.reduce((sum, length) => sum + length, 0) === minutes;
  if (isWhole && isAllowed(old, split)) return old;
  return even(minutes, counts(minutes, split)?.fewest ?? 1, split, grid) ?? [minutes];
}

/** The demand with its split tasks as the pieces of their patterns. */
export function cut(demand: Demand, patterns: Patterns): Demand {
  const others = demand.wants.filter((want) => !isSplit(want));
  const taken = new Set([...others, ...demand.engagements].map(({ id }) => id));
  return {
    ...demand,
    wants: demand.wants.flatMap((want) => {
      const pattern = isSplit(want) ? patterns.get(want.taskId) : undefined;
      return pattern ? piecesOf(want, pattern, taken) : [want];
    }),
  };
}

function piecesOf(want: Want, pattern: Pattern, taken: ReadonlySet<string>): Want[] {
  const ids = idsFor(want, pattern.length, taken);
  return pattern.map((minutes, index) => {
    const stood = want.stood[index];
    return {
      ...want,
      id: ids[index] ?? want.id,
      minutes,
      piece: { number: index + 1, of: pattern.length, minutes: want.minutes },
      home: stood ? { start: stood.home.start, end: stood.home.start + minutes * minuteMs } : null,
      resized: stood !== undefined && lengthOf(stood.home) !== minutes,
    };
  });
}

/** Those that pieces have already, then the next numbers; one piece that is the whole task is named like it. */
function idsFor({ id, taskId, stood }: Want, count: number, taken: ReadonlySet<string>): string[] {
  const ids = stood.map((each) => each.id).slice(0, count);
  const numbers = [...ids, ...taken].flatMap((each) => (each.startsWith(`${taskId}#`) ? [numberOf(each, taskId)] : []));
  const used = numbers.filter((number) => number > 0);
  if (ids.length === 0 && count === 1 && used.length === 0 && !taken.has(id)) return [id];
  // A piece of before may be named like the task: it was the first.
  let next = Math.max(ids.length, taken.has(taskId) ? 1 : 0, ...used);
  while (ids.length < count) ids.push(`${taskId}#${(next += 1)}`);
  return ids;
}

/** The number of a piece; 0 where its id has none. */
function numberOf(id: string, taskId: string): number {
  const text = id.slice(taskId.length + 1);
  return /^\d{1,4}$/.test(text) ? Number(text) : 0;
}
