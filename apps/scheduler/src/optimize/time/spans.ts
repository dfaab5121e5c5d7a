/** A half-open stretch of time in epoch milliseconds. */
export type Span = { readonly start: number; readonly end: number };

export const minuteMs = 60_000;

/** The stretches covered by any of `spans`, sorted, touching ones joined, empty ones dropped. */
export function merge(spans: readonly Span[]): Span[] {
  const sorted = spans.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of sorted) {
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/** What of `spans` no span of `taken` covers; sorted. Both are merged first, so that one sweep does. */
export function subtract(spans: readonly Span[], taken: readonly Span[]): Span[] {
  const holes = merge(taken);
  const left: Span[] = [];
  let hole = 0;
  for (const span of merge(spans)) {
    let start = span.start;
    while ((holes[hole]?.end ?? Infinity) <= start) hole += 1;
    for (let next = hole; (holes[next]?.start ?? Infinity) < span.end; next += 1) {
      const { start: from, end: to } = at(holes, next);
      if (from > start) left.push({ start, end: from });
      start = Math.max(start, to);
    }
    if (start < span.end) left.push({ start, end: span.end });
  }
  return left;
}

/** The parts of `spans` between two moments. */
export function clip(spans: readonly Span[], start: number, end: number): Span[] {
  return spans
    .map((span) => ({ start: Math.max(span.start, start), end: Math.min(span.end, end) }))
    .filter((span) => span.end > span.start);
}

export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Whether one of the sorted, merged `spans` holds all of `inner`. */
export function covers(spans: readonly Span[], inner: Span): boolean {
  return spans.some(({ start, end }) => start <= inner.start && inner.end <= end);
}

export function minutes({ start, end }: Span): number {
  return Math.round((end - start) / minuteMs);
}

export function longest(spans: readonly Span[]): Span | undefined {
  return spans.reduce<Span | undefined>(
    (best, span) => (best && best.end - best.start >= span.end - span.start ? best : span),
    undefined,
  );
}

/** The element at an index that the caller knows to exist. */
export function at<T>(list: readonly T[], index: number): T {
  const element = list[index];
  if (element === undefined) throw new RangeError(`no element ${index} of ${list.length}`);
  return element;
}
