import type { Held, How } from "../calendar/aim.ts";
import type { Stay } from "../calendar/move.ts";
import type { Action } from "./draft.ts";
import type { Entry } from "./entries.ts";
import { heldOf, taskOf } from "./held.ts";
import { judge } from "./judge.ts";
import { pinAction, pinBlock, pinOf, resizeBlock, unpinAction } from "./pins.ts";
import type { World } from "./world.ts";

type Told = "toast" | "voice";

/** Puts something where a hand wants it and keeps it there; says what became of it. */
export function put(world: World, held: Held, stay: Stay, how: How, told: Told): void {
  const { words, commit, say } = world;
  const { note, refused } = judge(world, held, stay, how);
  if (refused) return say(`${held.title} stays where it is: ${note}.`);

  const action = actionFor(world, held, stay, how);
  const said = `“${held.title}” ${how === "move" ? "stays at" : "takes"} ${words.range(stay.start, stay.end)}.${note && ` ${note}.`}`;
  if (!action) return;
  commit(how === "move" ? "Move task" : "Change length", action, told === "toast" ? said : undefined);
  if (told === "voice") say(said);
}

/** Keeps a block where it stands, or lets planning place its task again. */
export function toggle(world: World, entry: Entry): void {
  const { draft, commit, say } = world;
  const held = heldOf(world, entry.id);
  if (!held?.stay || !entry.task) return;
  if (!pinOf(draft, entry.task.id)) return put(world, held, held.stay, "move", "voice");

  commit("Unpin task", unpinAction(draft, entry.task.id));
  say(`“${entry.title}” is planned freely again.`);
}

/** Lays something back: planning decides its place again. */
export function layBack(world: World, held: Held): void {
  const task = taskOf(world.draft, held.id);
  if (task && pinOf(world.draft, task.id))
    world.commit("Unpin task", unpinAction(world.draft, task.id), `“${task.title}” is planned freely again.`);
}

/** What letting go over the tray would mean. */
export function backWords({ draft }: World, { id }: Held): string {
  const task = taskOf(draft, id);
  return task && pinOf(draft, task.id) ? "Let go to unpin it" : "It is not pinned";
}

function actionFor({ entries, shown, draft }: World, { id }: Held, stay: Stay, how: How): Action | undefined {
  const block = entries.find((entry) => entry.id === id && entry.kind === "task")?.planned;
  const blocks = shown?.events ?? [];
  if (block) return how === "move" ? pinBlock(draft, blocks, block, stay) : resizeBlock(draft, blocks, block, stay);

  const task = taskOf(draft, id);
  return task && pinAction(draft, task, stay.start, stay.end);
}
