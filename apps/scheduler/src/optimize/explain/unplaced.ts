import type { Unscheduled } from "../../contract/index.ts";
import { missingTasks } from "./bounds.ts";
import { changesFor, together } from "./changes.ts";
import { conflictOf } from "./conflict.ts";
import { nameOf } from "../problem/item.ts";
import type { Problem } from "../problem/problem.ts";
import { type Lunch, lunchesOf } from "./lunches.ts";
import type { Obstacle } from "./obstacles.ts";
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
/** So many places of pieces are looked at for tasks that may be cut in many ways, by all of these together. */
const mostLooks = 100_000;
/** With more in the way only what is in the set is tried for changes. */
const mostLoose = 500;
/** More than this says no more than that all of the time is taken. */
const mostElements = 100;

/** Why each task that was left out has no place, and the cheapest changes that would give it one. `heed` may throw. */
export function explainUnplaced(world: World, heed: () => void): Unscheduled[] {
  const { state } = world;
  const chains = leftOut(state);
  const loose = chains.length > 0 ? lunchesOfPlan(world) : new Map<number, Lunch>();
  const share = Math.floor(mostLooks / Math.max(1, Math.min(chains.length, mostTreated)));
  return chains.map((indices, number) => {
    heed();
    const item = at(state.problem.items, at(indices, 0));
    const wish = wishOf(world, indices);
    const isTreated = number < mostTreated && number * world.obstacles.length < mostObstacles;
    const { elements, changes, hint, room } = isTreated
      ? treat(world, wish, { heed, loose, looks: { left: share } })
      : untreated;
    return {
      task_id: item.want?.taskId ?? item.id,
      title: nameOf(item),
      ...(room ? unused(world, room) : why(world, wish, elements)),
      suggestion: changes[0]?.text ?? firstOf(wish) ?? hint,
      p_on_time: 0,
      conflict:
        elements.length <= mostElements ? elements.map(({ kind, id, text }) => ({ kind, id, text: text() })) : [],
      changes,
    };
  });
}

type Treated = Pick<Unscheduled, "changes"> & {
  /** Those of the conflict. */
  readonly elements: readonly Obstacle[];
  readonly hint: string | null;
  readonly room: Span | null;
};

const untreated: Treated = { elements: [], changes: [], hint: null, room: null };

type Options = Required<Parameters<typeof createSeeker>[2]>;

function treat(world: World, wish: Wish, { heed, looks, loose }: Options): Treated {
  // Who changes the plan may have lunch at another time of its own; a set says what stands where it stands.
  const changed = createSeeker(world, wish, { heed, looks, loose });
  const place = changed.find();
  if (place) return { ...untreated, room: changed.spanOf(place) };

  const seeker = createSeeker(world, wish, { heed, looks });
  const { set, isSure } = conflictOf(seeker);
  const elements = set.map((each) => at(seeker.obstacles, each));
  const isLoose = elements.some(({ kind }) => kind === "lunch") && seeker.obstacles.length <= mostLoose;
  const reasons = isLoose ? conflictOf(changed).set : set;
  const changes = changesFor(world, changed, reasons);
  const hint = changes.length === 0 ? together(world, changed) : null;
  return { elements: isSure ? elements : [], changes, hint, room: null };
}

/** The lunches of the plan by the obstacles that they are, wherever they may stand. */
function lunchesOfPlan({ problem, position }: World): Map<number, Lunch> {
  const obstacles = new Map(
    problem.items.flatMap(({ kind, id }, index) => (kind === "lunch" ? [[id, position.get(index)] as const] : [])),
  );
  return new Map(
    lunchesOf(problem, ({ id }) => obstacles.has(id)).flatMap((lunch) => {
      const obstacle = obstacles.get(lunch.id);
      return obstacle === undefined ? [] : [[obstacle, lunch] as const];
    }),
  );
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
