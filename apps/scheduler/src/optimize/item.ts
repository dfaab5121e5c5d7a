import type { CostRule } from "./costs.ts";
import type { Want } from "./demand.ts";
import type { Piece } from "./model.ts";

/** A piece with what there is to say about it. */
export type Item = Piece & {
  readonly id: string;
  readonly title: string;
  readonly want: Want | null;
  readonly rules: readonly CostRule[];
};

/** Every slot from `first` to `last` where `length` slots in a row are free. */
export function feasible(free: Int32Array, length: number, first: number, last: number): number[] {
  const slots: number[] = [];
  for (let slot = Math.max(0, first); slot <= Math.min(last, free.length - 1); slot += 1)
    if ((free[slot] ?? 0) >= length) slots.push(slot);
  return slots;
}
