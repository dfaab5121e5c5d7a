import type { Condition, Flag, Json, Rule, Serve } from "../model.ts";
import { re2 } from "../pattern.ts";
import { leaves } from "../reads.ts";
import { Document, FlagdFlag } from "./flagd/document.ts";
import { createEvaluators, type Evaluators } from "./flagd/evaluators.ts";
import { operation } from "./flagd/logic.ts";
import { Unsupported } from "./unsupported.ts";
import { cases } from "./flagd/targeting.ts";
import { ALWAYS, isAlways } from "./logic.ts";
import { createFindings, type Findings, type Imported, type Path } from "./report.ts";
import { settle, unread } from "./settle.ts";
import { parseShape } from "./shape.ts";

/**
 * Imports a flagd document (https://flagd.dev/schema/v0/flags.json, flags as an object or a list). Users keep their
 * variants: `fractional` is our own `flagd-v2`, and shared evaluators become segments where they are conditions.
 */
export function importFlagd(document: unknown): Imported {
  const findings = createFindings();
  const parsed = parseShape(Document, document, { name: "", path: [], findings });
  if (!parsed) return unread("flagd", findings);

  for (const name of Object.keys(parsed.metadata)) findings.note("", ["metadata", name], "metadata of the set");
  const evaluators = createEvaluators(parsed.$evaluators);
  const flags: [string, Flag][] = [];
  const paths = new Map<string, Path>();
  for (const { key, value, path } of entries(parsed.flags)) {
    paths.set(key, path);
    const read = parseShape(FlagdFlag, value, { name: key, path, findings });
    const flag = read && flagOf(key, read, path, evaluators, findings);
    if (flag) flags.push([key, flag]);
  }
  const pathOf = (kind: "flags" | "segments", name: string): Path =>
    kind === "flags" ? (paths.get(name) ?? ["flags", name]) : ["$evaluators", name];
  const draft = {
    format: "flagd",
    flags: Object.fromEntries(flags),
    segments: evaluators.segments(),
    findings,
    pathOf,
  };
  return settle(draft, re2);
}

function entries(flags: Document["flags"]) {
  if (!Array.isArray(flags)) {
    return Object.entries(flags).map(([key, value]) => ({ key, value, path: ["flags", key] as Path }));
  }
  return flags.map((value, index) => ({ key: value.key, value, path: ["flags", index] as Path }));
}

function flagOf(key: string, read: FlagdFlag, path: Path, evaluators: Evaluators, findings: Findings) {
  const type = typeOf(Object.values(read.variants));
  if (!type) return findings.refused(key, [...path, "variants"], "expected all variants to have one type");

  const off = read.defaultVariant || null;
  const otherwise: Serve = off === null ? { off: true } : { variant: off };
  const rules = rulesOf(key, read, otherwise, path, evaluators, findings);
  if (!rules) return undefined;

  const last = rules.at(-1);
  const isTotal = last !== undefined && isAlways(last.when);
  const { description, owner, ...rest } = read.metadata;
  for (const name of Object.keys(rest)) findings.note(key, [...path, "metadata", name], "metadata of the flag");
  return {
    description: typeof description === "string" ? description : "",
    type,
    enabled: read.state === "ENABLED",
    variants: read.variants,
    // flagd answers nothing for a disabled flag, so that the code's own default applies.
    off: read.state === "ENABLED" ? off : null,
    requires: [],
    rules: isTotal ? rules.slice(0, -1) : rules,
    otherwise: isTotal ? last.serve : otherwise,
    bucketing: { algorithm: "flagd-v2" },
    owner: typeof owner === "string" ? owner : "",
    tags: [],
    lifetime: "permanent",
    version: 1,
  } satisfies Flag;
}

function typeOf(values: readonly Json[]): Flag["type"] | undefined {
  const kinds = new Set(values.map((value) => (Array.isArray(value) || value === null ? "none" : typeof value)));
  const [kind] = kinds;
  if (kinds.size !== 1 || kind === "none") return undefined;
  return kind === "boolean" || kind === "string" || kind === "number" ? kind : "json";
}

/** flagd's own clock; the engine has none, and reads it from the context as any other attribute. */
const CLOCK = "/$flagd/timestamp";

function rulesOf(
  key: string,
  read: FlagdFlag,
  otherwise: Serve,
  path: Path,
  { shared, evaluator, conditionOf }: Evaluators,
  findings: Findings,
): Rule[] | undefined {
  const targeting = read.targeting ?? null;
  const at = [...path, "targeting"];
  const note = (where: Path, message: string) => findings.note(key, where, message);
  const subject = { key, variants: Object.keys(read.variants), otherwise, scope: { key, evaluator }, shared, note };
  try {
    if (targeting === null || isEmpty(targeting)) return [];
    if (!operation(targeting, at)) throw new Unsupported(at, "expected a rule");
    const made = cases(targeting, ALWAYS, at, subject);
    if (made.some(({ when }) => asksClock(when, conditionOf))) {
      findings.differs(key, at, "asks the time: give it as the context's `$flagd.timestamp`, in seconds since 1970");
    }
    return made.map((one, index) => ({ id: `rule-${index + 1}`, ...one }));
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    findings.refused(key, error.path, error.message);
    return undefined;
  }
}

function asksClock(when: Condition, segment: (name: string) => Condition): boolean {
  return [...leaves(when)].some((leaf) => {
    if ("segment" in leaf) return asksClock(segment(leaf.segment), segment);
    return "attribute" in leaf && leaf.attribute === CLOCK;
  });
}

function isEmpty(logic: Json): boolean {
  return typeof logic === "object" && logic !== null && Object.keys(logic).length === 0;
}
