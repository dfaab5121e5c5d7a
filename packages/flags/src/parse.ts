import type { z } from "zod";
import { isMembers } from "./anatomy.ts";
import { checkCondition, checkFlag, type Names } from "./check.ts";
import type { Flag as FlagType, FlagSet, Segment as SegmentType } from "./model.ts";
import { createHints } from "./nearest.ts";
import type { PatternEngine } from "./operator.ts";
import { flagsOf, segmentsOf } from "./reads.ts";
import { plain, type Problem } from "./problem.ts";
import { checkReferences } from "./rings.ts";
import { Flag, Frame, Segment } from "./schema.ts";

/** A flag set, or every problem of the document. */
export type Parsed =
  | { readonly ok: true; readonly flagSet: FlagSet }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const MAX_NESTING = 64;

/**
 * Parses a value of unknown origin (already read from JSON) to a flag set. A broken document gives all its problems,
 * each with its path: those of a flag whose shape is wrong beside those of references elsewhere.
 *
 * `patterns` compiles `matches` patterns to refuse broken ones here; every process that evaluates should give it.
 */
export function parseFlagSet(document: unknown, patterns?: PatternEngine): Parsed {
  // Looked at first, because schemas recurse and an object's own `__proto__` vanishes when it is copied.
  const unsafe = unsafeParts(document);
  if (unsafe.length > 0) return { ok: false, problems: unsafe };

  const frame = Frame.safeParse(document);
  const problems: Problem[] = frame.success ? [] : problemsOf(frame.error, []);

  // A broken frame does not hide what is wrong inside it.
  const raw = { flags: membersOf(document, "flags"), segments: membersOf(document, "segments") };
  const flags = parseEach<FlagType>(raw.flags, Flag, "flags", problems);
  const segments = parseEach<SegmentType>(raw.segments, Segment, "segments", problems);
  const all = problems.concat(checkReferring(flags, segments, raw, patterns));

  if (!frame.success || all.length > 0) return { ok: false, problems: all };
  return { ok: true, flagSet: { version: frame.data.version, flags, segments } };
}

function membersOf(document: unknown, part: string): Named<unknown> {
  const found = isMembers(document) ? document[part] : undefined;
  return isMembers(found) ? found : {};
}

/** A problem as one line: `flags.ai_chat.rules[0].id: …`. */
export function problemLine({ path, message }: Problem): string {
  const where = path.reduce<string>((line, part) => {
    if (typeof part === "number") return `${line}[${part}]`;
    return line === "" ? part : `${line}.${part}`;
  }, "");
  return where === "" ? message : `${where}: ${message}`;
}

type Named<T> = { readonly [name: string]: T };

function parseEach<T>(values: Named<unknown>, schema: z.ZodType<T>, root: string, problems: Problem[]): Named<T> {
  const parsed: [string, T][] = [];
  for (const [name, value] of Object.entries(values)) {
    const result = schema.safeParse(value);
    if (result.success) parsed.push([name, result.data]);
    else for (const problem of problemsOf(result.error, [root, name])) problems.push(problem);
  }
  return Object.fromEntries(parsed);
}

function problemsOf(error: z.ZodError, at: readonly (string | number)[]): Problem[] {
  return error.issues.map(({ path, message }) => ({ path: [...at, ...plain(path)], message }));
}

/** Problems between parts. Names are taken from the raw document: a broken flag exists, though it does not parse. */
function checkReferring(
  flags: Named<FlagType>,
  segments: Named<SegmentType>,
  raw: { readonly flags: Named<unknown>; readonly segments: Named<unknown> },
  patterns: PatternEngine | undefined,
): Problem[] {
  const names: Names = {
    flags: { ...(raw.flags as Names["flags"]), ...flags },
    segments: new Set(Object.keys(raw.segments)),
    patterns,
    hint: createHints(),
  };
  const required = Object.entries(flags).map(([key, flag]) => [key, flagsOf(flag)] as const);
  const nested = Object.entries(segments).map(([name, segment]) => [name, segmentsOf(segment)] as const);
  return [
    ...Object.entries(flags).flatMap(([key, flag]) => checkFlag(key, flag, names)),
    ...Object.entries(segments).flatMap(([name, segment]) =>
      "when" in segment ? checkCondition(segment.when, ["segments", name, "when"], names) : [],
    ),
    ...checkReferences("requirements", "flags", new Map(required)),
    ...checkReferences("segments", "segments", new Map(nested)),
  ];
}

function unsafeParts(document: unknown): Problem[] {
  const problems: Problem[] = [];
  const waiting: { value: unknown; path: readonly (string | number)[] }[] = [{ value: document, path: [] }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, path } = next;
    if (typeof value !== "object" || value === null) continue;

    if (path.length >= MAX_NESTING) problems.push({ path, message: `nested deeper than ${MAX_NESTING} levels` });
    else if (Object.hasOwn(value, "__proto__"))
      problems.push({ path, message: "a member must not be called __proto__" });
    else for (const [name, part] of childrenOf(value)) waiting.push({ value: part, path: [...path, name] });
  }
  return problems;
}

function childrenOf(value: object): (readonly [string | number, unknown])[] {
  const isNested = ([, part]: readonly [unknown, unknown]) => typeof part === "object" && part !== null;
  return Array.isArray(value) ? [...value.entries()].filter(isNested) : Object.entries(value).filter(isNested);
}
