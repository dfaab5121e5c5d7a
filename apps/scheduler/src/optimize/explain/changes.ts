import type { CheapestChange } from "../../contract/index.ts";
import { conflictOf } from "./conflict.ts";
import { leavingOut } from "./leave.ts";
import { lifting } from "./lifting.ts";
import type { Priced } from "./priced.ts";
import { longerHours, shorter, split } from "./reshape.ts";
import type { Seeker } from "./seek.ts";
import { lowered } from "../time/words.ts";
import type { World } from "./world.ts";

/** Planning more days and one change more, where nothing alone is enough. */
export function together(world: World, seeker: Seeker): string | null {
  const [horizon] = [...seeker.bounds].find(([, { rule }]) => rule === "horizon") ?? [];
  if (horizon === undefined) return null;

  seeker.lift(horizon);
  const [found] = changesFor(world, seeker, conflictOf(seeker).set);
  seeker.restore(horizon);
  return found ? `Plan more days ahead, and ${lowered(found.text)}` : null;
}

/** So many changes are told of, and so many of one kind. */
const most = 6;
const mostAlike = 2;

/**
 * What would let the task fit while all else stays where it is but lunch, cheapest first by the scale that the plan is
 * judged by. Each one was tried: with it, and nothing else changed, the task has a place; with less of it, it has none.
 * What alone makes a place is in every conflict, so that only the elements of one have to be tried.
 */
export function changesFor(world: World, seeker: Seeker, conflict: readonly number[]): CheapestChange[] {
  const found: Priced[] = [
    ...conflict.flatMap((index) => lifting(world, seeker, index) ?? []),
    ...leavingOut(world, seeker, conflict),
    ...split(world, seeker),
    ...longerHours(world, seeker, conflict),
    ...shorter(world, seeker),
  ].sort((a, b) => a.cost - b.cost);
  const told: CheapestChange[] = [];
  for (const { change } of found)
    if (told.filter(({ kind }) => kind === change.kind).length < mostAlike) told.push(change);
  return told.slice(0, most);
}
