import { anatomyOf, entriesBy, isMembers, member, type Anatomy, type Members, type Part } from "./anatomy.ts";
import type { Path } from "./problem.ts";
import { isSame } from "./reads.ts";

/**
 * One thing that is not as it was. Its path names members, rules by id, requirements by flag and weights by variant:
 * `["rules", "beta", "serve", "variant"]` is what the rule `beta` serves, wherever it stands.
 */
export type Difference =
  | { readonly kind: "added"; readonly path: Path; readonly after: unknown }
  | { readonly kind: "removed"; readonly path: Path; readonly before: unknown }
  | { readonly kind: "changed"; readonly path: Path; readonly before: unknown; readonly after: unknown }
  /** An entry of an ordered list that others do not stand around as before; places count from 0. */
  | { readonly kind: "moved"; readonly path: Path; readonly before: number; readonly after: number }
  /** Entries of a list without order, such as tags and ids: how many came and went, and the first 20 of each. */
  | {
      readonly kind: "entries";
      readonly path: Path;
      readonly added: readonly unknown[];
      readonly removed: readonly unknown[];
      readonly added_count: number;
      readonly removed_count: number;
    };

const MAX_SHOWN = 20;

/**
 * What changed between two versions of a part, member by member, in the order of the later one; `undefined` is a part
 * that does not exist. Versions, and the order of lists in which order says nothing, are no differences.
 */
export function differences<P extends Part>(before: P | undefined, after: P | undefined): Difference[] {
  return [...between(anatomyOf(after ?? before), before, after, [])];
}

function* between(anatomy: Anatomy, before: unknown, after: unknown, path: Path): Generator<Difference> {
  if (anatomy.kind === "count" || isSame(before, after)) return;
  if (before === undefined) return yield { kind: "added", path, after };
  if (after === undefined) return yield { kind: "removed", path, before };
  yield* inside(anatomy, before, after, path) ?? [{ kind: "changed", path, before, after }];
}

/** The differences within, or undefined where the two have nothing in common to look into. */
function inside(anatomy: Anatomy, before: unknown, after: unknown, path: Path): Iterable<Difference> | undefined {
  switch (anatomy.kind) {
    case "fields":
      if (!isMembers(before) || !isMembers(after) || isOtherForm(anatomy, before, after)) return undefined;
      return ofFields(anatomy.of, before, after, path);
    case "keyed": {
      const [was, is] = [entriesBy(anatomy.by, before), entriesBy(anatomy.by, after)];
      return was && is ? ofEntries(anatomy.of, was, is, path) : undefined;
    }
    case "list":
      return ofList(anatomy.of, before, after, path);
    case "set":
      return Array.isArray(before) && Array.isArray(after) ? ofSet(before, after, path) : undefined;
    default:
      return undefined;
  }
}

/** Whether one kind of thing became another, such as a variant a split, which is not told by its members. */
function isOtherForm({ isAtomic }: Anatomy, before: Members, after: Members): boolean {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const isOther = [...names].some((name) => Object.hasOwn(before, name) !== Object.hasOwn(after, name));
  return isOther && (isAtomic?.([before, after]) ?? false);
}

function* ofFields(of: (name: string) => Anatomy, before: Members, after: Members, path: Path): Generator<Difference> {
  for (const name of new Set([...Object.keys(after), ...Object.keys(before)]))
    yield* between(of(name), member(before, name), member(after, name), [...path, name]);
}

type Entries = ReadonlyMap<string, Members>;

function* ofEntries(of: Anatomy, before: Entries, after: Entries, path: Path): Generator<Difference> {
  for (const name of new Set([...after.keys(), ...before.keys()]))
    yield* between(of, before.get(name), after.get(name), [...path, name]);
  yield* ofOrder([...before.keys()], [...after.keys()], path);
}

/** As few moves as explain the new order: those that are not in a longest run that kept its order. */
function* ofOrder(before: readonly string[], after: readonly string[], path: Path): Generator<Difference> {
  const was = new Map(before.map((name, index) => [name, index]));
  const common = after.filter((name) => was.has(name));
  const stayed = longestRising(common.map((name) => was.get(name) ?? 0));
  for (const name of common) {
    const from = was.get(name) ?? 0;
    if (!stayed.has(from)) yield { kind: "moved", path: [...path, name], before: from, after: after.indexOf(name) };
  }
}

/** The numbers of a longest rising subsequence; quadratic, for lists that people order by hand. */
function longestRising(numbers: readonly number[]): ReadonlySet<number> {
  const best: number[][] = [];
  numbers.forEach((number, index) => {
    const before = best.filter((run) => (run.at(-1) ?? 0) < number);
    best[index] = [...before.reduce((long, run) => (run.length > long.length ? run : long), []), number];
  });
  return new Set(best.reduce((long, run) => (run.length > long.length ? run : long), []));
}

/** Lists of one length place by place; otherwise a list is another as a whole. */
function ofList(of: Anatomy, before: unknown, after: unknown, path: Path): Iterable<Difference> | undefined {
  if (!Array.isArray(before) || !Array.isArray(after) || before.length !== after.length) return undefined;
  return after.flatMap((entry, index) => [...between(of, before[index], entry, [...path, index])]);
}

function* ofSet(before: readonly unknown[], after: readonly unknown[], path: Path): Generator<Difference> {
  const [was, is] = [new Set(before), new Set(after)];
  const added = [...is].filter((entry) => !was.has(entry));
  const removed = [...was].filter((entry) => !is.has(entry));
  if (added.length + removed.length === 0) return;

  const shown = { added: added.slice(0, MAX_SHOWN), removed: removed.slice(0, MAX_SHOWN) };
  yield { kind: "entries", path, ...shown, added_count: added.length, removed_count: removed.length };
}
