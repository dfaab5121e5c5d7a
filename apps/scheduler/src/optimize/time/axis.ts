import { minuteMs, type Span } from "./spans.ts";

/** Time cut into equal slots; slot 0 starts at `origin`. All of the search happens in slots. */
export type Axis = { readonly origin: number; readonly grid: number; readonly size: number };

const longHorizonDays = 5;

/**
 * 15 minutes where all durations and edges fall on quarters of an hour or the horizon is over five days, else 5.
 * @param edges epoch milliseconds
 */
export function gridFor(durations: readonly number[], edges: readonly number[], horizonDays: number): 5 | 15 {
  if (horizonDays > longHorizonDays) return 15;
  const quarters = durations.every((minutes) => minutes % 15 === 0);
  return quarters && edges.every((edge) => edge % (15 * minuteMs) === 0) ? 15 : 5;
}

/** From the first grid point at or after `start` to the last at or before `end`. */
export function createAxis(start: number, end: number, grid: number): Axis {
  const step = grid * minuteMs;
  const origin = Math.ceil(start / step) * step;
  return { origin, grid, size: Math.max(0, Math.floor((end - origin) / step)) };
}

export function timeOf({ origin, grid }: Axis, slot: number): number {
  return origin + slot * grid * minuteMs;
}

/** The slot that holds a moment; before the axis it is negative. */
export function slotOf({ origin, grid }: Axis, time: number): number {
  return Math.floor((time - origin) / (grid * minuteMs));
}

/** The same; 0 for what is before the axis. */
export function slotWithin(axis: Axis, time: number): number {
  return Math.max(0, slotOf(axis, time));
}

/** The first slot that starts at or after a moment. */
export function slotAfter({ origin, grid }: Axis, time: number): number {
  return Math.ceil((time - origin) / (grid * minuteMs));
}

/** 1 for each slot that lies wholly inside one of the spans. */
export function inside(axis: Axis, spans: readonly Span[]): Uint8Array {
  const mask = new Uint8Array(axis.size);
  for (const { start, end } of spans) mask.fill(1, Math.max(0, slotAfter(axis, start)), Math.max(0, slotOf(axis, end)));
  return mask;
}

/** 1 for each slot that one of the spans touches. */
export function touched(axis: Axis, spans: readonly Span[]): Uint8Array {
  const mask = new Uint8Array(axis.size);
  for (const { start, end } of spans) mask.fill(1, Math.max(0, slotOf(axis, start)), Math.max(0, slotAfter(axis, end)));
  return mask;
}

/** For each slot how many slots from it on are set without a gap. */
export function runs(mask: Uint8Array): Int32Array {
  const lengths = new Int32Array(mask.length);
  let run = 0;
  for (let slot = mask.length - 1; slot >= 0; slot -= 1) {
    run = mask[slot] === 1 ? run + 1 : 0;
    lengths[slot] = run;
  }
  return lengths;
}

/** Minutes of `spans` (sorted, merged) before each slot's start; one more entry than slots. */
export type Layer = Int32Array;

export function createLayer(axis: Axis, spans: readonly Span[]): Layer {
  const layer = new Int32Array(axis.size + 1);
  for (const { start, end } of spans) {
    const last = Math.min(axis.size, slotAfter(axis, end));
    for (let slot = Math.max(0, slotOf(axis, start)); slot < last; slot += 1) {
      const from = Math.max(start, timeOf(axis, slot));
      const to = Math.min(end, timeOf(axis, slot + 1));
      layer[slot + 1] = (layer[slot + 1] ?? 0) + Math.round((to - from) / minuteMs);
    }
  }
  for (let slot = 1; slot < layer.length; slot += 1) layer[slot] = (layer[slot] ?? 0) + (layer[slot - 1] ?? 0);
  return layer;
}

/** Minutes of the layer's spans between the starts of two slots, both clamped to the axis. */
export function covered(layer: Layer, from: number, to: number): number {
  const last = layer.length - 1;
  return (layer[Math.max(0, Math.min(to, last))] ?? 0) - (layer[Math.max(0, Math.min(from, last))] ?? 0);
}
