import type { Unscheduled } from "../../contract/index.ts";
import { missingTasks } from "./bounds.ts";
import { changesFor, together } from "./changes.ts";
import { conflictOf } from "./conflict.ts";
import { nameOf } from "../problem/item.ts";
import type { Problem } from "../problem/problem.ts";
import { createSeeker } from "./seek.ts";
import { at, type Span } from "../time/spans.ts";
import type { State } from "../search/state.ts";
import { why } from "./why.ts";
import { type Wish, wishOf } from "./wish.ts";
import { spanName } from "../time/words.ts";
import type { World } from "./world.ts";

/**
 * So many left-out tasks get a conflict and changes, fewer where there is more in the way; the others a reason. What
 * comes first in the request comes first.
 */
const mostTreated = 20;
const mostObstacles = 12_000;
/** More than this says no more than that all of the time is taken. */
const mostElements = 100;

/** Why each task that was left out has no place, and the cheapest changes that would give it one. `heed` may throw. */
export function explainUnplaced(world: World, heed: () => void): Unscheduled[] {
  const { state } = world;
  return leftOut(state).map((indices, number) => {
    heed();
    const item = at(state.problem.items, at(indices, 0));
    const wish = wishOf(world, indices);
    const isTreated = number < mostTreated && number * world.obstacles.length < mostObstacles;
    const { conflict, changes, hint, room } = isTreated ? treat(world, wish, heed) : untreated;
    return {
      task_id: item.want?.taskId ?? item.id,
      title: nameOf(item),
      ...(room ? unused(world, room) : why(world, wish)),
      suggestion: changes[0]?.text ?? firstOf(wish) ?? hint,
      conflict,
      changes,
    };
  });
}

type Treated = Pick<Unscheduled, "conflict" | "changes"> & { readonly hint: string | null; readonly room: Span | null };

const untreated: Treated = { conflict: [], changes: [], hint: null, room: null };

function treat(world: World, wish: Wish, heed: () => void): Treated {
  const seeker = createSeeker(world, wish, heed);
  const place = seeker.find();
  if (place) return { ...untreated, room: seeker.spanOf(place) };
  const found = conflictOf(seeker);
  const conflict = found.map((each) => {
    const { kind, id, text } = at(seeker.obstacles, each);
    return { kind, id, text: text() };
  });
  const changes = found.length > 0 ? changesFor(world, seeker, found) : [];
  const hint = found.length > 0 && changes.length === 0 ? together(world, seeker) : null;
  return { conflict: conflict.length <= mostElements ? conflict : [], changes, hint, room: null };
}

/** Weights may say that its place costs more than leaving it out; or time was up before it came to that. */
function unused({ problem: { calendar } }: World, room: Span): Pick<Unscheduled, "code" | "reason"> {
  const where = spanName(calendar.zone, room);
  return {
    code: "no_free_time",
    reason: `There would be room for it, ${where}, beside all else, but this plan does not use it; another search may.`,
  };
}

/** What it waits for has to find a place before anything else helps. */
function firstOf({ bounds }: Wish): string | null {
  const [waited] = missingTasks(bounds);
  return waited === undefined ? null : `Make room for '${waited}' first.`;
}

/** Pieces without a place, those of one task that follow each other together. */
export function leftOut({ problem: { items }, isPlaced }: State<Problem>): number[][] {
  const chains: number[][] = [];
  items.forEach((item, index) => {
    if (item.kind !== "task" || isPlaced(index)) return;
    const chain = chains.find((each) => item.before.includes(each.at(-1) ?? -1) && isOwn(each.at(-1) ?? -1, index));
    if (chain) chain.push(index);
    else chains.push([index]);
  });
  return chains;

  function isOwn(other: number, index: number): boolean {
    return at(items, other).want?.taskId === at(items, index).want?.taskId;
  }
}
