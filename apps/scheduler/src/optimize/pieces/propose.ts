import { hoursAhead } from "./stretches.ts";
import { isCuttable } from "../problem/cut.ts";
import type { Want } from "../problem/demand.ts";
import { counts, even, neighbours, type Pattern, poured } from "../problem/pattern.ts";
import type { Problem } from "../problem/problem.ts";
import type { State } from "../search/state.ts";

/** A task and another way to cut it that was not tried; what is tried is written down. */
export function propose(state: State<Problem>, tried: Set<string>): { id: string; pattern: Pattern } | null {
  const { demand, weights, patterns } = state.problem;
  const dear = demand.wants
    .filter(isCuttable)
    .map((want) => ({ want, cost: costOf(state, want) }))
    // Another piece costs more than this task could gain.
    .filter(({ want, cost }) => cost > weights.split || (patterns.get(want.taskId)?.length ?? 1) > 1)
    .sort((a, b) => b.cost - a.cost || (a.want.taskId < b.want.taskId ? -1 : 1));
  for (const { want } of dear)
    for (const pattern of waysToCut(state, want)) {
      const key = JSON.stringify([want.taskId, pattern]);
      const isNow = JSON.stringify(pattern) === JSON.stringify(patterns.get(want.taskId));
      if (isNow || tried.has(key)) continue;
      tried.add(key);
      return { id: want.taskId, pattern };
    }
  return null;
}

function piecesOf({ problem: { items } }: State<Problem>, { taskId }: Want): number[] {
  return items.flatMap(({ want }, index) => (want?.piece && want.taskId === taskId ? [index] : []));
}

function costOf(state: State<Problem>, want: Want): number {
  return piecesOf(state, want).reduce((sum, index) => sum + state.costAt(index, state.choice(index)), 0);
}

/** As the free time lies, in one piece less or more, in twice as many, in as many as may be; a step away from now. */
function waysToCut(state: State<Problem>, want: Want): Pattern[] {
  const { split, minutes } = want;
  const range = split && counts(minutes, split);
  if (!split || !range) return [];

  const { axis, patterns } = state.problem;
  const pattern = patterns.get(want.taskId) ?? [];
  const now = pattern.length;
  const numbers = [now - 1, now + 1, 2 * now, range.most];
  const ways = [
    poured(minutes, split, axis.grid, hoursAhead(state, want, piecesOf(state, want))),
    ...numbers.map((count) => even(minutes, Math.max(1, Math.min(count, mostPieces)), split, axis.grid)),
    ...neighbours(pattern, split, axis.grid),
  ];
  // Pieces of the plan before stay pieces: there may be more of them, not fewer.
  return ways.flatMap((way) => (way && way.length <= mostPieces && way.length >= want.stood.length ? [way] : []));
}

/** More would take the search longer than they are worth. */
const mostPieces = 100;
