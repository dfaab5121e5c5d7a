import { timesOf } from "./events.ts";
import { changeOf, type Priced } from "./priced.ts";
import type { Seeker } from "./seek.ts";
import { at } from "../time/spans.ts";
import type { World } from "./world.ts";
import { hoursName, spanName } from "../time/words.ts";

/** Each task whose leaving out, with all its pieces, alone makes room; none that others stand by. */
export function leavingOut(world: World, seeker: Seeker, conflict: readonly number[]): Priced[] {
  const wholes = new Map<string, number[]>();
  for (const index of conflict) {
    const obstacle = at(seeker.obstacles, index);
    if (obstacle.kind !== "task" || obstacle.index === null) continue;
    const whole = piecesOf(world, obstacle.index);
    if (isSpare(world, seeker, whole)) wholes.set(whole.join(), whole);
  }
  return [...wholes.values()].flatMap((whole) => leaving(world, seeker, whole) ?? []);
}

function leaving(world: World, seeker: Seeker, whole: readonly number[]): Priced | null {
  const { items, calendar } = world.problem;
  const taken = world.obstacles.flatMap(({ index }, each) => (index !== null && whole.includes(index) ? [each] : []));
  const [first] = taken.map((each) => at(world.obstacles, each));
  if (!first?.span || !fitsWithout(seeker, taken)) return null;

  const { want, title, id } = at(items, at(whole, 0));
  const length = whole.reduce((sum, index) => sum + at(items, index).work, 0);
  const unplaced = whole.reduce((sum, index) => sum + at(items, index).unplaced, 0);
  const text = `Leave out '${title}' (${want?.priority} priority, ${hoursName(length)}, ${spanName(calendar.zone, first.span)}).`;
  const what = { task_id: want?.taskId ?? null, event_id: id, ...timesOf(calendar.zone, first.span) };
  return { cost: unplaced + length, change: changeOf("leave_out", text, what) };
}

function fitsWithout(seeker: Seeker, taken: readonly number[]): boolean {
  for (const index of taken) seeker.lift(index);
  const place = seeker.find();
  for (const index of taken) seeker.restore(index);
  return place !== null;
}

/** The piece and those of the same task that stand in a chain with it. */
function piecesOf({ problem: { items } }: World, piece: number): number[] {
  const found = new Set([piece]);
  const own = at(items, piece).want?.taskId;
  for (const index of found) {
    const { before, after } = at(items, index);
    for (const other of [...before, ...after]) if (at(items, other).want?.taskId === own) found.add(other);
  }
  return [...found].sort((a, b) => a - b);
}

/** Not locked, none that others stand by, and not itself what is looked at or what that waits for. */
function isSpare({ problem: { items }, state }: World, { wish }: Seeker, whole: readonly number[]): boolean {
  const { before } = at(items, wish.index);
  return whole.every((index) => {
    const { locked, after, want } = at(items, index);
    const isAlone = after.every((other) => whole.includes(other) || !state.isPlaced(other));
    return !locked && isAlone && !before.includes(index) && want?.taskId !== wish.item.want?.taskId;
  });
}
