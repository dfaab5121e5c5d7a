import type { Unscheduled } from "../contract/index.ts";
import { changesFor } from "./changes.ts";
import { conflictOf } from "./conflict.ts";
import { nameOf } from "./item.ts";
import type { Problem } from "./problem.ts";
import { createSeeker } from "./seek.ts";
import { at } from "./spans.ts";
import type { State } from "./state.ts";
import { why } from "./why.ts";
import { wishOf } from "./wish.ts";
import type { World } from "./world.ts";

/** So many left-out tasks get a conflict and changes; the others a reason. What comes first in the request comes first. */
const mostTreated = 20;

/** Why each task that was left out has no place, and the cheapest changes that would give it one. */
export function explainUnplaced(world: World): Unscheduled[] {
  const { state } = world;
  return leftOut(state).map((indices, number) => {
    const item = at(state.problem.items, at(indices, 0));
    const seeker = createSeeker(world, wishOf(world, indices));
    const treated = number < mostTreated;
    const conflict = treated ? conflictOf(seeker) : [];
    const changes = conflict.length > 0 ? changesFor(world, seeker, conflict) : [];
    return {
      task_id: item.want?.taskId ?? item.id,
      title: nameOf(item),
      ...why(world, seeker),
      suggestion: changes[0]?.text ?? null,
      conflict: conflict.map((each) => {
        const { kind, id, text } = at(seeker.obstacles, each);
        return { kind, id, text: text() };
      }),
      changes,
    };
  });
}

/** Pieces without a place, those of one task that follow each other together. */
function leftOut({ problem: { items }, isPlaced }: State<Problem>): number[][] {
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
