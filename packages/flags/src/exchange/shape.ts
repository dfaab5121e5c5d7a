import type { z } from "zod";
import { plain } from "../check.ts";
import type { Findings, Path } from "./report.ts";

/** What a part of a foreign document is read for. */
export interface Place {
  /** The flag or segment it belongs to; "" for the document. */
  readonly name: string;
  readonly path: Path;
  readonly findings: Findings;
}

/**
 * Parses a part of a foreign document with a schema of strict objects. Members that the schema does not know become
 * notes and are left out; anything else that is wrong refuses the part (undefined), every problem with its path.
 */
export function parseShape<T>(schema: z.ZodType<T>, value: unknown, { name, path, findings }: Place): T | undefined {
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

    for (const at of extra) {
      findings.note(name, [...path, ...at], "unknown member");
      seen = without(seen, at);
    }
  }
}

/** A copy of a JSON value that lacks the member at a path. */
function without(value: unknown, path: Path): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((part, index) => (index === step ? without(part, rest) : part));

  const entries = Object.entries(value).flatMap(([name, part]) => {
    if (name !== step) return [[name, part]];
    return rest.length === 0 ? [] : [[name, without(part, rest)]];
  });
  return Object.fromEntries(entries);
}
