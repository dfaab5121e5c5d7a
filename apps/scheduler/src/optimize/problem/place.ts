import type { Weights } from "../../contract/index.ts";
import { type Axis, slotAfter, slotOf, timeOf } from "../time/axis.ts";
import type { Layers } from "./costs.ts";
import type { Want } from "./demand.ts";
import type { Ground } from "./ground.ts";
import type { Home } from "../search/model.ts";
import { minuteMs, type Span } from "../time/spans.ts";

export type Room = {
  readonly axis: Axis;
  readonly weights: Weights;
  /** Where each task may stand. */
  readonly groundOf: (want: Want) => Ground;
  /** Time without fixed events and hard blocks, whatever the hour: buffers may stand there. */
  readonly clear: readonly Span[];
  /** Slots of it in a row from each slot on. */
  readonly clearRuns: Int32Array;
  readonly layers: Layers;
  /** The number of each category. */
  readonly groups: ReadonlyMap<string, number>;
};

/** Slots that something takes with its buffers, and those of them before it begins. */
export type Size = { readonly slots: number; readonly lead: number };

export function stands(home: Span | null, axis: Axis, slot: number): boolean {
  return home !== null && home.start === timeOf(axis, slot);
}

/** A place with its buffers, in whole slots as everywhere else. */
export function around({ start, end }: Span, { minutes: length }: { minutes: number }, axis: Axis, size: Size): Span {
  const slotMs = axis.grid * minuteMs;
  const trail = size.slots - size.lead - Math.ceil(length / axis.grid);
  return { start: start - size.lead * slotMs, end: end + trail * slotMs };
}

export function slotted(held: Span, axis: Axis, cost: number, stands: Span = held): Home {
  const from = Math.max(0, slotOf(axis, held.start));
  return { ...stands, from, to: Math.max(from, slotAfter(axis, held.end)), cost, resized: false };
}
