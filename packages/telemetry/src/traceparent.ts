/** One hop of a W3C trace: 32 hex digits name the trace, 16 the caller's span, 2 its flags (`01` = sampled). */
export interface TraceParent {
  readonly trace_id: string;
  readonly span_id: string;
  readonly trace_flags: string;
}

const shape = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** Reads a `traceparent` header (https://www.w3.org/TR/trace-context/#traceparent-header); undefined when it is not valid. */
export function parseTraceparent(header: string): TraceParent | undefined {
  const [, version, trace_id, span_id, trace_flags, rest] = shape.exec(header) ?? [];
  if (!version || !trace_id || !span_id || !trace_flags) return undefined;
  if (version === "ff" || isZero(trace_id) || isZero(span_id)) return undefined;

  // Only a later version may append fields; in version 00 they make the header invalid.
  if (version === "00" && rest !== undefined) return undefined;

  return { trace_id, span_id, trace_flags };
}

export function formatTraceparent({ trace_id, span_id, trace_flags }: TraceParent): string {
  return `00-${trace_id}-${span_id}-${trace_flags}`;
}

function isZero(hex: string): boolean {
  return /^0+$/.test(hex);
}
