import { isMembers } from "../anatomy.ts";
import type { Flag, Segment as OurSegment } from "../model.ts";
import { re2 } from "../pattern.ts";
import { Frame, Identity, Segment, State } from "./flagsmith/document.ts";
import { ruleCondition } from "./flagsmith/condition.ts";
import { flagOf, type Override, type Personal } from "./flagsmith/feature.ts";
import type { Environment } from "./flagsmith/subject.ts";
import { createFindings, type Findings, type Imported, type Path } from "./report.ts";
import { settle, unread } from "./settle.ts";
import { nameIn, parseShape, type Place } from "./shape.ts";
import { Unsupported } from "./unsupported.ts";

const FORMAT = "Flagsmith";

/**
 * Imports the document that Flagsmith's SDKs evaluate locally (`GET /api/v1/environment-document/`): every identity keeps
 * what it is answered. The identifier is our `targetingKey`, traits are attributes of the same name. Never throws; what
 * could not be carried over exactly is in the report.
 */
export function importFlagsmith(document: unknown): Imported {
  const findings = createFindings();
  const frame = parseShape(Frame, document, { name: "", path: [], findings });
  if (!frame) return unread(FORMAT, findings);

  const environment = { key: frame.api_key, name: frame.name ?? "" };
  const reader = createStates(findings);
  const { segments, overrides, paths } = segmentsOf(frame.project.segments ?? [], environment, reader, findings);
  const personal = personalOf(frame.identity_overrides ?? [], reader, findings);
  for (const name of Object.keys(frame.project).filter((member) => member !== "segments")) {
    findings.note("", ["project", name], "unknown member");
  }

  const flags = new Map<string, Flag>();
  for (const [index, raw] of frame.feature_states.entries()) {
    const found = reader.read(raw, ["feature_states", index]);
    if (!found) continue;
    const { name } = found.state.feature;
    paths.set(`flags ${name}`, found.place.path);
    const own = overrides.filter((one) => one.state.feature.name === name).sort(byPriority);
    const named = personal.filter((one) => one.state.feature.name === name);
    flags.set(name, flagOf(found.state, own, named, environment, found.place));
  }
  // A state that could not be read would have answered for somebody.
  for (const name of reader.broken) flags.delete(name);
  const pathOf = (kind: string, name: string): Path => paths.get(`${kind} ${name}`) ?? [];
  return settle({ format: FORMAT, flags: Object.fromEntries(flags), segments, findings, pathOf }, re2);
}

const priorityOf = ({ state }: Override) => state.feature_segment?.priority ?? Infinity;
const byPriority = (a: Override, b: Override) =>
  priorityOf(a) < priorityOf(b) ? -1 : Number(priorityOf(a) > priorityOf(b));

type States = ReturnType<typeof createStates>;

/** Reads states of features, and remembers of which features one could not be read. */
function createStates(findings: Findings) {
  const broken = new Set<string>();
  const read = (raw: unknown, path: Path): { state: State; place: Place } | undefined => {
    const name = nameIn(isMembers(raw) ? raw["feature"] : undefined);
    const place = { name, path, findings };
    const state = parseShape(State, raw, place);
    if (!state) broken.add(name);
    return state && { state, place };
  };
  return { broken, read };
}

function segmentsOf(raws: readonly unknown[], environment: Environment, states: States, findings: Findings) {
  const segments: { [name: string]: OurSegment } = {};
  const paths = new Map<string, Path>();
  const overrides: (Override & { readonly order: number })[] = [];
  for (const [index, raw] of raws.entries()) {
    const path: Path = ["project", "segments", index];
    const segment = parseShape(Segment, raw, { name: nameIn(raw), path, findings });
    if (!segment) continue;

    const name = Object.hasOwn(segments, segment.name) ? `${segment.name} (${segment.id})` : segment.name;
    paths.set(`segments ${name}`, path);
    const made = segmentOf(segment, environment, { name, path, findings });
    if (made) segments[name] = made;
    for (const [at, one] of (segment.feature_states ?? []).entries()) {
      const found = states.read(one, [...path, "feature_states", at]);
      if (found) overrides.push({ ...found, id: `segment ${name}`, when: { segment: name }, order: segment.id });
    }
  }
  // Of the same priority, the segment with the lower id comes first: so are the members of its SDK's object ordered.
  return { segments, paths, overrides: overrides.sort((a, b) => a.order - b.order) };
}

/** Only identities are in segments; one without rules is empty. */
function segmentOf(segment: Segment, environment: Environment, place: Place): OurSegment | undefined {
  try {
    const around = { environment, segment: String(segment.id) };
    const rules = segment.rules.map((rule, index) =>
      ruleCondition(rule, around, { ...place, path: [...place.path, "rules", index] }),
    );
    if (rules.length === 0) return { when: { any: [] } };
    return { when: { all: [{ attribute: "targetingKey", op: "present" }, ...rules] } };
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    place.findings.refused(place.name, error.path, error.message);
    return undefined;
  }
}

function personalOf(raws: readonly unknown[], states: States, findings: Findings): Personal[] {
  return raws.flatMap((raw, index): Personal[] => {
    const path: Path = ["identity_overrides", index];
    const identity = parseShape(Identity, raw, { name: "", path, findings });
    if (!identity) return [];
    if (identity.identity_traits?.length) {
      findings.differs(
        "",
        [...path, "identity_traits"],
        `the traits of '${identity.identifier}' must be in the context`,
      );
    }
    return (identity.identity_features ?? []).flatMap((one, at): Personal[] => {
      const found = states.read(one, [...path, "identity_features", at]);
      return found ? [{ identifier: identity.identifier, ...found }] : [];
    });
  });
}
