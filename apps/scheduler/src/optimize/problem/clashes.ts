import type { Engagement } from "./demand.ts";
import { overlaps } from "../time/spans.ts";
import { held } from "./held.ts";

const mostNamed = 5;

/** Events of the calendar that overlap, and those that stand nearer to each other than their buffers ask. */
export function clashes(engagements: readonly Engagement[]): string[] {
  const fixed = engagements.filter(({ moveable }) => !moveable);
  const overlapping = pairs(fixed, (event) => event).map(
    ([one, other]) => `'${one.title}' and '${other.title}' overlap; both were kept.`,
  );
  const close = pairs(engagements, held)
    .filter(([one, other]) => !overlaps(one, other))
    .map(
      ([one, other]) => `The buffer between '${one.title}' and '${other.title}' is shorter than asked; both were kept.`,
    );
  return [...named(overlapping, "overlap others"), ...named(close, "stand in the buffers of others")];
}

function named(warnings: readonly string[], what: string): string[] {
  const more = warnings.length - mostNamed;
  return more > 0 ? [...warnings.slice(0, mostNamed), `${more} more events ${what}.`] : [...warnings];
}

type Extent = (event: Engagement) => { readonly start: number; readonly end: number };

/** Each event with the one that reaches farthest of those before it, where the two overlap by their extents. */
function pairs(engagements: readonly Engagement[], extent: Extent): [Engagement, Engagement][] {
  const sorted = engagements
    .map((event) => ({ event, span: extent(event) }))
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const found: [Engagement, Engagement][] = [];
  let [latest] = sorted;
  for (const each of sorted.slice(1)) {
    if (latest && each.span.start < latest.span.end) found.push([latest.event, each.event]);
    if (!latest || each.span.end > latest.span.end) latest = each;
  }
  return found;
}
