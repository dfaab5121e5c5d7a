import type { CostRule } from "./costs.ts";
import type { Buffer, Want } from "./demand.ts";
import type { Ground } from "./ground.ts";
import type { Piece } from "../search/model.ts";

/** A piece with what there is to say about it. */
export type Item = Piece & {
  readonly id: string;
  readonly title: string;
  readonly want: Want | null;
  /** Where a task may stand. */
  readonly ground: Ground | null;
  readonly buffer: Buffer;
  readonly rules: readonly CostRule[];
};

/** What people call it: its title, and of a habit which time of it. */
export function nameOf({ title, want }: Pick<Item, "title" | "want">): string {
  return want?.occasion ? `${title} (${want.occasion.name})` : title;
}

/** Slots that something takes with its buffers, and those of them before it begins. */
export function lengths(minutes: number, buffer: Buffer, grid: number): { slots: number; lead: number } {
  const lead = Math.ceil(buffer.before / grid);
  return { lead, slots: lead + Math.ceil(minutes / grid) + Math.ceil(buffer.after / grid) };
}

/** Every slot from `first` to `last` where `length` slots in a row are free. */
export function feasible(free: Int32Array, length: number, first: number, last: number): number[] {
  const slots: number[] = [];
  for (let slot = Math.max(0, first); slot <= Math.min(last, free.length - 1); slot += 1)
    if ((free[slot] ?? 0) >= length) slots.push(slot);
  return slots;
}
