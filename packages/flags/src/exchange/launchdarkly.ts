import type { Flag, Segment } from "../model.ts";
import { re2 } from "../pattern.ts";
import { Feature, Frame, Segment as ForeignSegment } from "./launchdarkly/document.ts";
import { flagOf } from "./launchdarkly/feature.ts";
import { segmentOf } from "./launchdarkly/segment.ts";
import { createFindings, type Findings, type Imported } from "./report.ts";
import { settle, unread } from "./settle.ts";
import { parseShape, type Place } from "./shape.ts";
import { Unsupported } from "./unsupported.ts";

const FORMAT = "LaunchDarkly";

/**
 * Imports the document that LaunchDarkly's server SDKs evaluate (`GET /sdk/latest-all`): every context keeps its
 * variation. A context of kind `user` is our context with its `key` as `targetingKey`; other kinds are members of our
 * context, named like the kind. Never throws; what could not be carried over exactly is in the report.
 */
export function importLaunchDarkly(document: unknown): Imported {
  const findings = createFindings();
  const frame = parseShape(Frame, document, { name: "", path: [], findings });
  if (!frame) return unread(FORMAT, findings);

  const raw = { flags: frame.flags, segments: frame.segments ?? {} };
  const hasSegment = (key: string) => Object.hasOwn(raw.segments, key);
  const segments = each(raw.segments, "segments", findings, (value, place): Segment | undefined => {
    const segment = parseShape(ForeignSegment, value, place);
    return segment && !isDeleted(segment, place) ? segmentOf(segment, { hasSegment }, place) : undefined;
  });

  const features = each(raw.flags, "flags", findings, (value, place) => parseShape(Feature, value, place));
  const variations = (key: string) => {
    const found = Object.hasOwn(features, key) ? features[key] : undefined;
    if (!found && Object.hasOwn(raw.flags, key)) throw new Unsupported(["flags", key], `'${key}' could not be read`);
    return found?.deleted ? undefined : found?.variations;
  };
  const flags = each(features, "flags", findings, (feature, place): Flag | undefined =>
    isDeleted(feature, place) ? undefined : flagOf(feature, { hasSegment, variations }, place),
  );
  return settle({ format: FORMAT, flags, segments, findings, pathOf: (kind, name) => [kind, name] }, re2);
}

function isDeleted(
  { deleted }: { readonly deleted?: boolean | null | undefined },
  { name, path, findings }: Place,
): boolean {
  if (deleted) findings.note(name, path, "was deleted");
  return deleted === true;
}

/** Makes something of every member; one that cannot be carried over is refused with the reason. */
function each<T, U>(
  all: { readonly [key: string]: T },
  kind: string,
  findings: Findings,
  make: (value: T, place: Place) => U | undefined,
): { [key: string]: U } {
  const made = Object.entries(all).flatMap(([name, value]): [string, U][] => {
    try {
      const one = make(value, { name, path: [kind, name], findings });
      return one === undefined ? [] : [[name, one]];
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      findings.refused(name, error.path, error.message);
      return [];
    }
  });
  return Object.fromEntries(made);
}
