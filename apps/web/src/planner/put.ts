import type { ScheduledEvent } from "@beq/scheduler/contract";
import type { Held, How } from "../calendar/aim.ts";
import type { Stay } from "../calendar/move.ts";
import type { Action } from "./draft.ts";
import type { Entry } from "./entries.ts";
import { heldOf, taskOf } from "./held.ts";
import { judge } from "./judge.ts";
import { pinAction, pinBlock, resizeBlock, unpinAction } from "./pins.ts";
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
  if (!entry.planned?.pinned) return put(world, held, held.stay, "move", "voice");

  commit("Unpin task", unpinAction(draft, entry.planned));
  say(`“${entry.title}” is planned freely again.`);
}

/** Lays something back: planning decides its place again. */
export function layBack(world: World, held: Held): void {
  const block = pinnedBlock(world, held);
  if (block) world.commit("Unpin task", unpinAction(world.draft, block), `“${held.title}” is planned freely again.`);
}

/** What letting go over the tray would mean. */
export function backWords(world: World, held: Held): string {
  return pinnedBlock(world, held) ? "Let go to unpin it" : "It is not pinned";
}

/** What is held, or a block of it, if it was put by hand. */
function pinnedBlock({ entries }: World, { id }: Held): ScheduledEvent | undefined {
  const pinned = entries.flatMap(({ kind, planned }) => (kind === "task" && planned?.pinned ? [planned] : []));
  return pinned.find((block) => block.id === id) ?? pinned.find((block) => block.task_id === id);
}

function actionFor({ entries, shown, draft }: World, { id }: Held, stay: Stay, how: How): Action | undefined {
  const block = entries.find((entry) => entry.id === id && entry.kind === "task")?.planned;
  const blocks = shown?.events ?? [];
  if (block) return how === "move" ? pinBlock(draft, blocks, block, stay) : resizeBlock(draft, blocks, block, stay);

  const task = taskOf(draft, id);
  return task && pinAction(draft, task, stay.start, stay.end);
}
