import type { Flag, FlagSet, Json, Segment } from "../model.ts";
import { condition, targeting, variable, type Writing } from "./flagd/write.ts";
import { createFindings, type Findings, type Path, type Report } from "./report.ts";
import { Unsupported } from "./unsupported.ts";

/** A document for another system, and what it could not take. Paths are those of our own set. */
export interface Exported {
  readonly document: { readonly [name: string]: Json };
  readonly report: Report;
}

/**
 * Writes a flag set as a flagd document (https://flagd.dev/schema/v0/flags.json). What flagd answers differently, and
 * the flags that it cannot express, are in the report.
 */
export function exportFlagd(set: FlagSet): Exported {
  const findings = createFindings();
  const evaluators = new Map<string, Json>();
  const flags = Object.entries(set.flags).flatMap(([key, flag]) => {
    const written = flagFor(key, flag, set, evaluators, findings);
    return written ? [[key, written] as const] : [];
  });
  const document = {
    $schema: "https://flagd.dev/schema/v0/flags.json",
    flags: Object.fromEntries(flags),
    ...(evaluators.size === 0 ? {} : { $evaluators: Object.fromEntries(evaluators) }),
  };
  const counts = { flags: flags.length, segments: evaluators.size };
  return { document, report: { format: "flagd", ...counts, findings: findings.all } };
}

function flagFor(key: string, flag: Flag, set: FlagSet, evaluators: Map<string, Json>, findings: Findings) {
  const path: Path = ["flags", key];
  const differs = (at: Path, message: string) => findings.differs(key, [...path, ...at], message);
  const note = (at: Path, message: string) => findings.note(key, [...path, ...at], message);
  try {
    if (flag.requires.length > 0) throw new Unsupported(["requires"], "flagd cannot ask another flag");
    const values = Object.values(flag.variants);
    if (values.some((value) => value === null || Array.isArray(value))) {
      throw new Unsupported(["variants"], "flagd's values are texts, numbers, true, false and objects");
    }
    if (new Set(values.map((value) => typeof value)).size > 1) {
      throw new Unsupported(["variants"], "flagd's variants have one type");
    }

    if (!flag.enabled && flag.off !== null) differs(["off"], "flagd answers the code's default for a disabled flag");
    for (const name of ["tags", "schema"] as const) {
      if (flag[name] && flag[name].length !== 0) note([name], "has no place in flagd");
    }
    return written(flag, targetingFor(set, evaluators, { key, flag, differs, note }));
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    findings.refused(key, [...path, ...error.path], error.message);
    return undefined;
  }
}

function written(flag: Flag, rule: Json | undefined): { readonly [name: string]: Json } {
  const fixed = rule === undefined && "variant" in flag.otherwise ? flag.otherwise.variant : flag.off;
  return {
    state: flag.enabled ? "ENABLED" : "DISABLED",
    variants: flag.variants,
    ...(fixed === null ? {} : { defaultVariant: fixed }),
    ...(rule === undefined ? {} : { targeting: rule }),
    ...(Object.keys(metadata(flag)).length === 0 ? {} : { metadata: metadata(flag) }),
  };
}

function metadata({ description, owner }: Flag): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries({ description, owner }).filter(([, text]) => text !== ""));
}

/** Undefined where one variant is for everybody. */
function targetingFor(set: FlagSet, evaluators: Map<string, Json>, told: Omit<Writing, "segment">): Json | undefined {
  const { flag } = told;
  if (flag.rules.length === 0 && !("split" in flag.otherwise)) return undefined;

  // flagd puts shared evaluators in place once: what they refer to themselves is written out.
  const inPlace: Writing = {
    ...told,
    segment: (name, path) => members(name, set.segments[name], path, inPlace),
  };
  const segment = (name: string, path: Path): Json => {
    // flagd looks for the name as it stands in the text of the document.
    if (JSON.stringify(name) !== `"${name}"`) return inPlace.segment(name, path);
    evaluators.set(name, members(name, set.segments[name], path, inPlace));
    return { $ref: name };
  };
  return targeting({ ...told, segment });
}

function members(name: string, segment: Segment | undefined, path: Path, writing: Writing): Json {
  if (!segment) throw new Unsupported(path, `there is no segment '${name}'`);
  if ("when" in segment) return condition(segment.when, path, writing);

  writing.differs(path, "flagd compares ids as texts only");
  return { in: [variable(segment.by ?? "targetingKey", path), [...segment.ids]] };
}
