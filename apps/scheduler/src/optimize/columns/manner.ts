import { idleOf, type Model } from "../search/model.ts";
import { busyOf } from "../search/options.ts";
import { daysOf } from "../search/tally.ts";

/**
 * What pieces that follow each other have to do with each other: rest between work, in whole slots rounded to what asks
 * for less, and what it costs to change the category. Between stretches nothing is asked for.
 */
export type Manner = {
  /** One more than the slots of work that may follow each other without a rest, which takes `pause` slots. */
  readonly runs: number;
  readonly pause: number;
  /** By piece: slots of work, whether it is a rest itself, and whether what it leaves idle of its last slot is one. */
  readonly work: Int32Array;
  readonly isRest: Uint8Array;
  readonly leavesRest: Uint8Array;
  /** Slots that none may use but across which all this counts, and which of them are no rest. */
  readonly join: number;
  readonly taken: Uint8Array;
  /** By slot: the number of the day. */
  readonly dayOf: Int32Array;
  readonly switching: number;
  /** One more than there are categories; by piece its own, from 1, or 0 for none. */
  readonly groups: number;
  readonly group: Int32Array;
};

const mostGroups = 12;
/** Minutes: longer than a meeting, shorter than a night. */
const joined = 180;

export function mannerOf(model: Model): Manner {
  const { rest, items, switching } = model;
  const { grid } = model.axis;
  const isLimited = rest.limit !== Infinity && rest.minutes > 0;
  const groups = 2 + items.reduce((most, { group }) => Math.max(most, group), -1);
  const counts = switching > 0 && groups <= mostGroups;
  return {
    join: isLimited || counts ? Math.floor(joined / grid) : 0,
    taken: busyOf(model),
    dayOf: daysOf(model),
    runs: isLimited ? Math.floor(rest.limit / grid) + 1 : 1,
    // What a piece leaves idle at the end of its last slot may be part of the rest.
    pause: Math.max(1, Math.ceil((rest.minutes - grid + 1) / grid)),
    work: Int32Array.from(items, ({ work }) => Math.floor(work / grid)),
    isRest: Uint8Array.from(items, ({ kind }) => (kind === "lunch" ? 1 : 0)),
    leavesRest: Uint8Array.from(items, (item) => (idleOf(item, grid) >= rest.minutes ? 1 : 0)),
    switching: counts ? switching : 0,
    groups: counts ? groups : 1,
    group: Int32Array.from(items, ({ group }) => (counts ? group + 1 : 0)),
  };
}

/** Slots worked since the last rest once this piece is done; -1 where it would be too many. Longer ones stand alone. */
export function worked({ work, isRest, leavesRest, runs }: Manner, piece: number, run: number): number {
  if (isRest[piece] === 1) return 0;
  const own = work[piece] ?? 0;
  const isFit = own >= runs ? run === 0 : run + own < runs;
  if (!isFit) return -1;
  return leavesRest[piece] === 1 ? 0 : Math.min(run + own, runs - 1);
}

/** Whether somebody may rest from this slot on: none of those that a rest takes is in use. */
export function mayRest({ taken, pause }: Manner, first: number): boolean {
  for (let slot = first; slot < first + pause; slot += 1) if (taken[slot] === 1) return false;
  return true;
}
