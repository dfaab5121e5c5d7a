import { slotAfter, slotOf, timeOf } from "../time/axis.ts";
import type { Want } from "../problem/demand.ts";
import type { Problem } from "../problem/problem.ts";
import { at } from "../time/spans.ts";
import type { State } from "../search/state.ts";

type Stretch = { readonly minutes: number; readonly day: number };

/**
 * Free time in which pieces of a task could stand if its own were taken out, in order; cut where a rest would be due.
 */
export function hoursAhead(state: State<Problem>, want: Want, own: readonly number[]): Stretch[] {
  const { axis, rest, items, days } = state.problem;
  const [first] = own;
  const ground = first === undefined ? null : at(items, first).ground;
  if (!ground) return [];

  const isFree = (slot: number) =>
    (ground.runs[slot] ?? 0) > 0 && state.space.within(slot, slot + 1).every((other) => own.includes(other));
  const buffers = Math.ceil(want.buffer.before / axis.grid) + Math.ceil(want.buffer.after / axis.grid);
  const work = Math.max(1, Math.floor(rest.limit / axis.grid));
  const pause = Math.ceil(rest.minutes / axis.grid);
  const due = want.hardDeadline && want.deadline !== null ? slotOf(axis, want.deadline) : axis.size;
  const last = Math.min(due, axis.size);
  const found: Stretch[] = [];
  for (let slot = Math.max(0, want.earliest === null ? 0 : slotAfter(axis, want.earliest)); slot < last;) {
    const end = endOf(slot, Math.min(last, slot + work + buffers), isFree);
    const time = timeOf(axis, slot);
    if (end - slot > buffers)
      found.push({ minutes: (end - slot - buffers) * axis.grid, day: days.findIndex((day) => time < day.end) });
    slot = Math.max(slot + 1, end === slot + work + buffers ? end + pause : end);
  }
  return found;
}

function endOf(slot: number, last: number, isFree: (slot: number) => boolean): number {
  let end = slot;
  while (end < last && isFree(end)) end += 1;
  return end;
}
