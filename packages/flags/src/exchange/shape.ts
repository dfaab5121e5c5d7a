import type { z } from "zod";
import { isMembers } from "../anatomy.ts";
import { plain } from "../problem.ts";
import type { Findings, Path } from "./report.ts";

/** What a part of a foreign document is read for. */
export interface Place {
  /** The flag or segment it belongs to; "" for the document. */
  readonly name: string;
  readonly path: Path;
  readonly findings: Findings;
}

const MAX_NESTING = 100;
/** Where a part that is nested too deep begins; the rest of the way would fill a page. */
const SHOWN_STEPS = 4;

/**
 * Parses a part of a foreign document with a schema of strict objects. Members that the schema does not know become
 * notes and are left out; anything else that is wrong refuses the part (undefined), every problem with its path.
 */
export function parseShape<T>(schema: z.ZodType<T>, value: unknown, { name, path, findings }: Place): T | undefined {
  // Looked at first: what reads documents recurses.
  const deep = tooDeep(value);
  if (deep) {
    findings.refused(name, [...path, ...deep.slice(0, SHOWN_STEPS)], `nested deeper than ${MAX_NESTING} levels`);
    return undefined;
  }

  let seen = value;
  for (;;) {
    const result = schema.safeParse(seen);
    if (result.success) return result.data;

    const { issues } = result.error;
    const extra = issues.flatMap((issue) =>
      issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...plain(issue.path), key]) : [],
    );
    const wrong = issues.filter(({ code }) => code !== "unrecognized_keys");
    for (const issue of wrong) findings.refused(name, [...path, ...plain(issue.path)], issue.message);
    if (wrong.length > 0) return undefined;

    for (const at of extra) findings.note(name, [...path, ...at], "unknown member");
    seen = without(seen, extra);
  }
}

/** The name of a part that may be broken. */
export function nameIn(part: unknown): string {
  const name = isMembers(part) ? part["name"] : undefined;
  return typeof name === "string" && name !== "" ? name : "(unnamed)";
}

/** The way to something below the deepest level that is read. */
function tooDeep(document: unknown): Path | undefined {
  const waiting: { value: unknown; path: Path }[] = [{ value: document, path: [] }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, path } = next;
    if (typeof value !== "object" || value === null) continue;
    if (path.length >= MAX_NESTING) return path;
    for (const [name, part] of Object.entries(value)) waiting.push({ value: part, path: [...path, name] });
  }
  return undefined;
}

/** A copy of a JSON value that lacks the members at these paths. */
function without(value: unknown, paths: readonly Path[]): unknown {
  if (typeof value !== "object" || value === null || paths.length === 0) return value;

  const below = new Map<string | number, Path[]>();
  for (const [step, ...rest] of paths) {
    if (step === undefined) continue;
    const others = below.get(step);
    if (others) others.push(rest);
    else below.set(step, [rest]);
  }
  if (Array.isArray(value)) return value.map((part, index) => without(part, below.get(index) ?? []));

  const entries = Object.entries(value).flatMap(([name, part]) => {
    const inside = below.get(name) ?? [];
    return inside.some((rest) => rest.length === 0) ? [] : [[name, without(part, inside)]];
  });
  return Object.fromEntries(entries);
}
