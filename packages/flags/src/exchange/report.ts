import type { FlagSet } from "../model.ts";
import type { Path } from "../problem.ts";

export type { Path } from "../problem.ts";

/**
 * What became of something that could not be carried over exactly.
 *
 * - `refused`: the flag is not in the set. (With no name: the document could not be read, and the set is empty.)
 * - `differs`: the flag is there, and can answer differently from its former system.
 * - `note`: every answer stays the same, for ids that are texts, numbers or booleans; something that has no place in a
 *   flag set stayed behind.
 */
export type Level = "refused" | "differs" | "note";

/** One thing that could not be carried over exactly. */
export interface Finding {
  readonly level: Level;
  /** The key of the flag or the name of the segment; "" when it is about the document. */
  readonly name: string;
  readonly path: Path;
  readonly message: string;
}

/** What an import carried over, and everything that it could not. */
export interface Report {
  readonly format: string;
  /** How many flags and segments are in the set. */
  readonly flags: number;
  readonly segments: number;
  /** In the order of the document. */
  readonly findings: readonly Finding[];
}

/** What every importer answers. The set parses with `parseFlagSet`; a document that is none of the format gives an empty one. */
export interface Imported {
  readonly flagSet: FlagSet;
  readonly report: Report;
}

/** Collects findings while a document is read. */
export interface Findings {
  readonly all: readonly Finding[];
  refused(name: string, path: Path, message: string): void;
  differs(name: string, path: Path, message: string): void;
  note(name: string, path: Path, message: string): void;
}

export function createFindings(): Findings {
  const all: Finding[] = [];
  const add = (level: Level) => (name: string, path: Path, message: string) => {
    all.push({ level, name, path, message });
  };
  return { all, refused: add("refused"), differs: add("differs"), note: add("note") };
}

/** The names of flags and segments of which the report does not promise the former system's answers. */
export function excluded(report: Report): ReadonlySet<string> {
  return new Set(report.findings.filter(({ level }) => level !== "note").map(({ name }) => name));
}

/** Whether the document as a whole could not be read. */
export function isUnreadable(report: Report): boolean {
  return report.findings.some(({ level, name }) => level === "refused" && name === "");
}

/** A path in the words of JSONPath (RFC 9535): `$.flags["new-ui"].rules[0]`. */
export function jsonPath(path: Path): string {
  const step = (part: string | number): string => {
    if (typeof part === "number") return `[${part}]`;
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
  };
  return `$${path.map(step).join("")}`;
}

/** The report as lines for a person, the gravest first. */
export function reportText({ format, flags, segments, findings }: Report, verb: "imported" | "exported"): string {
  const part = (level: Level, title: string): string[] => {
    const found = findings.filter((finding) => finding.level === level);
    if (found.length === 0) return [];
    return ["", `${title} (${found.length})`, ...found.map(findingLine)];
  };
  return [
    `${format}: ${counted(flags, "flag")} and ${counted(segments, "segment")} ${verb}`,
    ...part("refused", "Not carried over"),
    ...part("differs", "Can answer differently"),
    ...part("note", "Left behind, no answer changes"),
    ...(findings.length === 0 ? ["Nothing was left behind: every answer stays the same."] : []),
    "",
  ].join("\n");
}

function findingLine({ name, path, message }: Finding): string {
  return `  ${name === "" ? "" : `${name}: `}${message}\n    at ${jsonPath(path)}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
