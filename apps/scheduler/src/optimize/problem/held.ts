import type { Buffer } from "./demand.ts";
import { minuteMs, type Span } from "../time/spans.ts";

/** The time that something keeps others out of: its own and its buffers. */
export function held({ start, end, buffer }: Span & { readonly buffer: Buffer }): Span {
  return { start: start - buffer.before * minuteMs, end: end + buffer.after * minuteMs };
}
