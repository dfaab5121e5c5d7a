import { differences, type FlagSet, parseFlagSet, type PatternEngine, problemLine } from "@beq/flags";
import {
  exportFlagd,
  importFlagd,
  importFlagsmith,
  importGrowthbook,
  importLaunchDarkly,
  type Imported,
  importUnleash,
} from "@beq/flags/exchange";
import type { z } from "zod";
import { Failure } from "../failure.ts";
import type { Manager } from "./manager.ts";
import { createReferences, nameOf } from "./references.ts";
import type { Exported, ImportFormat } from "./schema.ts";
import type { Document } from "./stored.ts";
import type { Edit, Kind } from "./wire.ts";

/** A document that another BeQ, or flagd, can read: all flags, or these with the segments that they need. */
export function exported(
  set: FlagSet,
  format: "beq" | "flagd",
  keys: readonly string[] | undefined,
): z.infer<typeof Exported> {
  const part = keys ? partOf(set, keys) : set;
  if (format === "flagd") return { format, ...exportFlagd(part) };

  const counts = { flags: Object.keys(part.flags).length, segments: Object.keys(part.segments).length };
  return { format, document: part, report: { format, ...counts, findings: [] } };
}

/** @throws {Failure} `missing` for a key that is no flag's */
function partOf(set: FlagSet, keys: readonly string[]): FlagSet {
  const unknown = keys.find((key) => !Object.hasOwn(set.flags, key));
  if (unknown !== undefined) throw new Failure("missing", `There is no flag '${unknown}'`);

  const asked = new Set(keys);
  const needed = createReferences()(set).reachedFrom(keys.map((key) => nameOf("flag", key)));
  return {
    version: set.version,
    flags: Object.fromEntries(Object.entries(set.flags).filter(([key]) => asked.has(key))),
    segments: Object.fromEntries(Object.entries(set.segments).filter(([key]) => needed.has(nameOf("segment", key)))),
  };
}

const importers: Record<Exclude<ImportFormat, "beq">, (document: unknown) => Imported> = {
  flagd: importFlagd,
  unleash: importUnleash,
  growthbook: importGrowthbook,
  launchdarkly: importLaunchDarkly,
  flagsmith: importFlagsmith,
};

/** Reads a document, or its text, to a set with a report of what it could not take over. */
export function imported(format: ImportFormat, document: unknown, patterns: PatternEngine): Imported {
  const value = typeof document === "string" ? jsonOf(document) : document;
  if (value === undefined) return refused(format, ["The document is not JSON"]);
  if (holdsProto(value)) return refused(format, ["A member must not be called __proto__"]);
  return format === "beq" ? ownSet(value, patterns) : importers[format](value);
}

/** Schemas lose such a member without a word. */
function holdsProto(value: unknown): boolean {
  const waiting = [value];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    if (typeof part !== "object" || part === null) continue;
    if (Object.hasOwn(part, "__proto__")) return true;
    for (const inner of Object.values(part)) if (typeof inner === "object" && inner !== null) waiting.push(inner);
  }
  return false;
}

function ownSet(value: unknown, patterns: PatternEngine): Imported {
  const parsed = parseFlagSet(value, patterns);
  if (!parsed.ok) return refused("beq", parsed.problems.slice(0, 100).map(problemLine));

  const { flags, segments } = parsed.flagSet;
  const counts = { flags: Object.keys(flags).length, segments: Object.keys(segments).length };
  return { flagSet: parsed.flagSet, report: { format: "beq", ...counts, findings: [] } };
}

function refused(format: string, messages: readonly string[]): Imported {
  const findings = messages.map((message) => ({ level: "refused" as const, name: "", path: [], message }));
  return { flagSet: { version: 1, flags: {}, segments: {} }, report: { format, flags: 0, segments: 0, findings } };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The edits that bring a set's items in, and how each differs from what is in force. What it lacks stays. */
export function arrivals(set: FlagSet, manager: Pick<Manager, "layered" | "stored">) {
  const { set: current } = manager.layered();
  const { versions } = manager.stored();
  const come = (kind: Kind, items: Readonly<Record<string, Document>>, present: Readonly<Record<string, Document>>) =>
    Object.entries(items).flatMap(([key, value]) => {
      const before = Object.hasOwn(present, key) ? present[key] : undefined;
      const found = differences<Document>(before, value);
      if (found.length === 0) return [];
      const base = Object.hasOwn(versions[kind], key) ? (versions[kind][key] ?? 0) : 0;
      const edit: Edit = { kind, key, base, value };
      return [{ edit, item: { kind, key, created: !before, differences: before ? found : [] } }];
    });
  return [...come("segment", set.segments, current.segments), ...come("flag", set.flags, current.flags)];
}
