import "../../lib/strict.ts";
import { type Flag, type Json, type Parsed, parseFlagSet, type Problem, problemLine, type Segment } from "@beq/flags";

/**
 * What is wrong with a flag by itself: shapes, values, names of its own variants. Whether other flags and segments fit
 * is for the server to say, which knows them all; here they are taken to exist with just what is asked of them.
 */
export function flagProblems(key: string, flag: Flag): Problem[] {
  return problemsOf(key, parsedFlag(key, flag));
}

/** A value of any shape as a flag, or the first thing that is wrong with it. */
export function readFlag(key: string, json: Json): { value: Flag } | { fault: string } {
  const parsed = parsedFlag(key, json);
  const value = parsed.ok ? parsed.flagSet.flags[key] : undefined;
  return value ? { value } : { fault: faultOf(problemsOf(key, parsed)) };
}

/** What is wrong with a segment by itself. */
export function segmentProblems(name: string, segment: Segment): Problem[] {
  return problemsOf(name, parsedSegment(name, segment));
}

function parsedFlag(key: string, flag: unknown): Parsed {
  const asked = new Map<string, Set<string>>();
  const segments = new Set<string>();
  gather(flag, asked, segments);
  asked.delete(key);
  return parseFlagSet({
    version: 1,
    flags: { ...Object.fromEntries([...asked].map(([other, variants]) => [other, standIn(variants)])), [key]: flag },
    segments: Object.fromEntries([...segments].map((name) => [name, { ids: [] }])),
  });
}

function parsedSegment(name: string, segment: unknown): Parsed {
  const segments = new Set<string>();
  if (hasMember(segment, "when")) gather(segment, new Map(), segments);
  segments.delete(name);
  const others = Object.fromEntries([...segments].map((other) => [other, { ids: [] }]));
  return parseFlagSet({ version: 1, flags: {}, segments: { ...others, [name]: segment } });
}

function problemsOf(name: string, parsed: Parsed): Problem[] {
  return parsed.ok ? [] : parsed.problems.filter(({ path }) => path[1] === name).map(within);
}

function faultOf([first]: readonly Problem[]): string {
  return first ? problemLine(first) : "This is not a document of that kind";
}

/** Both lists, what both say once. */
export function together(own: readonly Problem[], server: readonly Problem[]): Problem[] {
  const known = new Set(own.map(({ path }) => JSON.stringify(path)));
  return [...own, ...server.filter(({ path }) => !known.has(JSON.stringify(path)))];
}

/** From the set's root to the flag's own, in words that need no knowledge of documents. */
function within({ path, message }: Problem): Problem {
  return { path: path.slice(2), message: inPlainWords(message) };
}

const plainly: readonly (readonly [RegExp, string])[] = [
  [/^Too small: expected string to have >=1 characters$/, "Fill this in"],
  [/^Too small: expected array to have >=1 items$/, "Add at least one"],
  [/^Invalid input: expected \w+, received undefined$/, "This is missing"],
  [/^Invalid input: expected number, received .*$/, "This has to be a number"],
  [/^Invalid input: expected (\w+), received .*$/, "This has to be of type $1"],
  [/^Too small: expected \w+ to be >=(.+)$/, "At least $1"],
  [/^Too big: expected \w+ to be <=(.+)$/, "At most $1"],
  [/^Too big: expected \w+ to have <=(\d+) (characters|items)$/, "At most $1 $2"],
];

function inPlainWords(message: string): string {
  const known = plainly.find(([pattern]) => pattern.test(message));
  return known ? message.replace(...known) : message;
}

/** The flags and segments that are named in rules and requirements, or in a segment's condition. */
function gather(document: unknown, asked: Map<string, Set<string>>, segments: Set<string>): void {
  const waiting = ["rules", "requires", "when"].map((member) => memberOf(document, member));
  for (let part = waiting.pop(); waiting.length > 0 || part !== undefined; part = waiting.pop()) {
    const [segment, flag, variants] = ["segment", "flag", "variants"].map((member) => memberOf(part, member));
    if (typeof segment === "string" && segment !== "") segments.add(segment);
    if (typeof flag === "string" && flag !== "") {
      const known = asked.get(flag) ?? new Set();
      for (const name of Array.isArray(variants) ? variants : []) known.add(String(name));
      asked.set(flag, known);
    }
    if (typeof part === "object" && part !== null) waiting.push(...Object.values(part));
  }
}

function memberOf(value: unknown, name: string): unknown {
  return hasMember(value, name) ? value[name] : undefined;
}

function hasMember<N extends string>(value: unknown, name: N): value is Record<N, unknown> {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name);
}

function standIn(variants: ReadonlySet<string>): object {
  const names = [...variants, "none"];
  return {
    type: "string",
    enabled: true,
    variants: Object.fromEntries(names.map((name) => [name, name])),
    off: null,
    otherwise: { variant: "none" },
  };
}
