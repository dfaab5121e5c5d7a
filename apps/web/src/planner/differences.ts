import { type Change, instantOf, type ScheduledEvent, type Unscheduled } from "@beq/scheduler/contract";
import { riskOf } from "./quality.ts";

type Block = Pick<ScheduledEvent, "task_id" | "title" | "p_on_time" | "type">;

/** How likely a task is in time before and after; null where it has no place or no deadline. */
export type Shift = { taskId: string; title: string; before: number | null; after: number | null };

// Less than this is noise of the simulation to whoever reads it.
const leastShift = 0.02;

/** Tasks whose deadline has become safer or less safe, the worst first. */
export function shifts(before: readonly Block[], after: readonly Block[]): Shift[] {
  const old = chances(before);
  const now = chances(after);
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((taskId): Shift => {
      const title = (now.get(taskId) ?? old.get(taskId))?.title ?? "";
      return { taskId, title, before: old.get(taskId)?.p ?? null, after: now.get(taskId)?.p ?? null };
    })
    .filter(({ before: was, after: is }) => was !== null && is !== null && Math.abs(is - was) >= leastShift)
    .sort((a, b) => by(a) - by(b));
}

function by({ before, after }: Shift): number {
  return (after ?? 0) - (before ?? 0);
}

/** The lowest probability of each task's blocks: that of its last one. */
function chances(blocks: readonly Block[]): Map<string, { title: string; p: number }> {
  const found = new Map<string, { title: string; p: number }>();
  for (const { type, task_id: id, title, p_on_time: p } of blocks) {
    if (type !== "task" || id === null || p === null) continue;
    const known = found.get(id);
    if (!known || p < known.p) found.set(id, { title, p });
  }
  return found;
}

/** Tasks with a deadline that is not safe, the least safe first, of what is still to be done (`now` in milliseconds). */
export function endangered(blocks: readonly (Block & { end_time: string })[], now: number) {
  return [...chances(blocks.filter(({ end_time: end }) => Date.parse(end) > now))]
    .map(([taskId, { title, p }]) => ({ taskId, title, p }))
    .filter(({ p }) => riskOf(p) !== "good")
    .sort((a, b) => a.p - b.p);
}

type Left = Pick<Unscheduled, "task_id" | "title" | "reason">;

/** What has no place any more, as far as the changes do not say so already. */
export function leftNow(
  { unscheduled, changes }: { unscheduled: readonly Left[]; changes: readonly Change[] },
  before: readonly Pick<Left, "task_id">[],
): Left[] {
  const known = new Set(before.map(({ task_id: id }) => id));
  // A block is called as its task is, or `task-1#2`.
  const dropped = changes.flatMap(({ kind, event_id: id }) => (kind === "dropped" ? [id.replace(/#[^#]*$/, "")] : []));
  return unscheduled.filter(({ task_id: id }) => !known.has(id) && !dropped.includes(id));
}

/**
 * The changes with the person's own moves as what they are: what stands by hand is a part of the calendar, not of the
 * plan, so that the plan alone would say that it was dropped.
 */
export function byHand(
  changes: readonly Change[],
  pins: readonly Pick<ScheduledEvent, "id" | "start_time">[],
): Change[] {
  const at = new Map(pins.map(({ id, start_time }) => [id, start_time]));
  return changes.flatMap((change): Change[] => {
    const to = change.kind === "dropped" ? at.get(change.event_id) : undefined;
    if (to === undefined) return [change];
    const stays = change.from !== null && instantOf(change.from, "UTC") === instantOf(to, "UTC");
    return stays ? [] : [{ ...change, kind: "moved", to, reason: "You put it there." }];
  });
}
