import type { CostRule } from "./costs.ts";
import type { Buffer, Want } from "./demand.ts";
import type { Ground } from "./ground.ts";
import type { Piece } from "../search/model.ts";
import { type Axis, timeOf } from "../time/axis.ts";
import { minuteMs, type Span } from "../time/spans.ts";
import { missing } from "./weights.ts";

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

/** What events and lunches have in common: they are no work, wait for nothing, and must have a place. */
export const workless = {
  want: null,
  ground: null,
  work: 0,
  rules: [],
  locked: false,
  unplaced: missing,
  weight: 0,
  due: Infinity,
  before: [],
  after: [],
  lags: [],
  group: -1,
} satisfies Partial<Item>;

/** What people call it: its title, and of a habit which time of it. */
export function nameOf({ title, want }: Pick<Item, "title" | "want">): string {
  return want?.occasion ? `${title} (${want.occasion.name})` : title;
}

/** The time that it takes where its work begins with that slot. */
export function spanFrom({ minutes }: Pick<Item, "minutes">, axis: Axis, slot: number): Span {
  const start = timeOf(axis, slot);
  return { start, end: start + minutes * minuteMs };
}

/** Slots that something takes with its buffers, and those of them before it begins. */
export type Size = { readonly slots: number; readonly lead: number };

export function sizeOf(minutes: number, buffer: Buffer, grid: number): Size {
  const lead = Math.ceil(buffer.before / grid);
  return { lead, slots: lead + Math.ceil(minutes / grid) + Math.ceil(buffer.after / grid) };
}
