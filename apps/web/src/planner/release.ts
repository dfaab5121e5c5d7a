import type { ScheduledEvent } from "@beq/scheduler/contract";
import type { Draft, Setting } from "./draft.ts";

type Block = Pick<ScheduledEvent, "id" | "start_time">;

// As many as a request may name.
const most = 500;

/** Whether the person has let go of a block that stands in the stored plan because somebody put it there. */
export function isReleased({ unpinned = [] }: Pick<Draft, "unpinned">, { id, start_time: start }: Block): boolean {
  return unpinned.some((place) => place.event_id === id && Date.parse(place.start_time) === Date.parse(start));
}

/** Lets go of such blocks: planning may place them again. */
export function releasing({ unpinned = [] }: Pick<Draft, "unpinned">, blocks: readonly Block[]): Setting {
  if (blocks.length === 0) return {};
  const ids = new Set(blocks.map(({ id }) => id));
  const places = blocks.map(({ id, start_time }) => ({ event_id: id, start_time }));
  return { unpinned: [...unpinned.filter(({ event_id: id }) => !ids.has(id)), ...places].slice(-most) };
}
