import type { Flag, Segment } from "../model.ts";
import { re2 } from "../pattern.ts";
import { all } from "./logic.ts";
import { createFindings, type Findings, type Imported, type Path } from "./report.ts";
import { settle, unread } from "./settle.ts";
import { nameIn, parseShape } from "./shape.ts";
import { constraintCondition } from "./unleash/constraint.ts";
import { Feature, Frame, Segment as UnleashSegment } from "./unleash/document.ts";
import { importFeature, type Names } from "./unleash/feature.ts";

const FORMAT = "Unleash";

/**
 * Imports the document of Unleash's client API (`GET /api/client/features`): every user keeps the answers of Unleash's
 * SDKs. Its `userId` is our `targetingKey`; its other context fields and properties are attributes of the same name.
 * Never throws; what could not be carried over exactly is in the report.
 */
export function importUnleash(document: unknown): Imported {
  const findings = createFindings();
  const frame = parseShape(Frame, document, { name: "", path: [], findings });
  if (!frame) return unread(FORMAT, findings);

  const { segments, nameOf, paths } = segmentsOf(frame.segments ?? [], findings);
  const features = frame.features.flatMap((raw, index) => {
    const path: Path = ["features", index];
    const feature = parseShape(Feature, raw, { name: nameIn(raw), path, findings });
    return feature ? [{ feature, path }] : [];
  });
  const flags = flagsOf(features, nameOf, findings);
  const pathOf = (kind: string, name: string): Path => {
    if (kind === "segments") return paths.get(name) ?? ["segments"];
    return features.find(({ feature }) => feature.name === name)?.path ?? ["features"];
  };
  return settle({ format: FORMAT, flags, segments, findings, pathOf }, re2);
}

interface Located {
  readonly feature: Feature;
  readonly path: Path;
}

function flagsOf(
  features: readonly Located[],
  segment: (id: number) => string | undefined,
  findings: Findings,
): { [key: string]: Flag } {
  const byName = new Map(features.map(({ feature }) => [feature.name, feature]));
  const names = new Map<string, Names>();
  const flags = new Map<string, Flag>();
  const parents = { feature: (name: string) => byName.get(name), names: (name: string) => names.get(name) };

  // Those that depend on nothing first: only they can be depended on.
  const ordered = [...features].sort((a, b) => dependencies(a) - dependencies(b));
  for (const { feature, path } of ordered) {
    const made = importFeature(feature, { segment }, parents, { name: feature.name, path, findings });
    names.set(feature.name, made.names);
    flags.set(feature.name, made.flag);
  }
  return Object.fromEntries(features.flatMap(({ feature: { name } }) => entry(name, flags.get(name))));
}

const dependencies = ({ feature }: Located) => feature.dependencies?.length ?? 0;
const entry = (name: string, flag: Flag | undefined): [string, Flag][] => (flag ? [[name, flag]] : []);

function segmentsOf(raws: readonly unknown[], findings: Findings) {
  const segments: { [name: string]: Segment } = {};
  const names = new Map<number, string>();
  const paths = new Map<string, Path>();
  for (const [index, raw] of raws.entries()) {
    const path: Path = ["segments", index];
    const segment = parseShape(UnleashSegment, raw, { name: nameIn(raw), path, findings });
    if (!segment) continue;

    const wanted = segment.name || `segment ${segment.id}`;
    const name = Object.hasOwn(segments, wanted) ? `${wanted} (${segment.id})` : wanted;
    const parts = (segment.constraints ?? []).map((constraint, at) =>
      constraintCondition(constraint, { name, path: [...path, "constraints", at], findings }),
    );
    segments[name] = { ...(segment.description ? { description: segment.description } : {}), when: all(parts) };
    names.set(segment.id, name);
    paths.set(name, path);
  }
  return { segments, paths, nameOf: (id: number) => names.get(id) };
}
