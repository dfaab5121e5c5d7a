import type { Condition, Flag, FlagSet, Segment } from "./model.ts";

/** The comparisons and segment names anywhere in a condition. */
export function* leaves(
  condition: Condition,
): Generator<Exclude<Condition, { all: unknown } | { any: unknown } | { not: unknown }>> {
  if ("all" in condition) for (const part of condition.all) yield* leaves(part);
  else if ("any" in condition) for (const part of condition.any) yield* leaves(part);
  else if ("not" in condition) yield* leaves(condition.not);
  else yield condition;
}

/** The segments that a condition names itself. */
function segmentsIn(condition: Condition): string[] {
  return [...leaves(condition)].flatMap((leaf) => ("segment" in leaf ? [leaf.segment] : []));
}

/** The flags whose answers a flag's own depends on. */
export function flagsOf(flag: Flag): string[] {
  const asked = flag.rules.flatMap(({ when }) =>
    [...leaves(when)].flatMap((leaf) => ("flag" in leaf ? [leaf.flag] : [])),
  );
  return [...flag.requires.map((need) => need.flag), ...asked];
}

/** The segments that a segment's own condition names. */
export function segmentsOf(segment: Segment): string[] {
  return "when" in segment ? segmentsIn(segment.when) : [];
}

/** The keys of those flags whose definition differs between two sets, be it through a segment or a requirement. */
export function changedKeys(before: FlagSet, after: FlagSet): string[] {
  if (before === after) return [];

  const segments = spread(differing(before.segments, after.segments), after.segments, segmentsOf);
  const own = differing(before.flags, after.flags);
  const touched = (flag: Flag) => flag.rules.some(({ when }) => segmentsIn(when).some((name) => segments.has(name)));
  for (const [key, flag] of Object.entries(after.flags)) if (touched(flag)) own.add(key);

  return [...spread(own, after.flags, flagsOf)].sort();
}

type Named<T> = { readonly [name: string]: T };

function differing<T>(before: Named<T>, after: Named<T>): Set<string> {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const differs = (name: string) =>
    Object.hasOwn(before, name) !== Object.hasOwn(after, name) || !isSame(before[name], after[name]);
  return new Set([...names].filter(differs));
}

/** Adds those that lead, over any number of steps, to a changed one. */
function spread<T>(changed: Set<string>, all: Named<T>, leadsTo: (one: T) => readonly string[]): Set<string> {
  for (let size = -1; size !== changed.size;) {
    size = changed.size;
    for (const [name, one] of Object.entries(all))
      if (leadsTo(one).some((other) => changed.has(other))) changed.add(name);
  }
  return changed;
}

/** Whether two JSON values are the same, whatever the order of their members. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) return isSameList(a, b);

  const [left, right] = [definedEntries(a), definedEntries(b)];
  const other = new Map(right);
  return (
    left.length === right.length && left.every(([name, value]) => other.has(name) && isSame(value, other.get(name)))
  );
}

/** Lists apart, because those of segments are long. */
function isSameList(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((value, index) => isSame(value, b[index]));
}

const definedEntries = (object: object) => Object.entries(object).filter(([, value]) => value !== undefined);
