import { anatomyOf, entriesBy, isMembers, member, type Anatomy, type Members, type Part } from "./anatomy.ts";
import { differences } from "./differences.ts";
import type { Path } from "./problem.ts";
import { isSame } from "./reads.ts";

/** Something that both changed, each to another value; `undefined` where it does not exist. Paths as in `Difference`. */
export interface Conflict {
  readonly path: Path;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

/** Both sets of changes in one part. At each conflict it has theirs, which is what is in force already. */
export interface Merged<P> {
  readonly merged: P | undefined;
  readonly conflicts: readonly Conflict[];
}

/** The three versions of one thing. */
interface Versions<T = unknown> {
  readonly base: T;
  readonly mine: T;
  readonly theirs: T;
}

/**
 * Merges two changes of one part that started from the same `base`. Rules are told apart by their id, tags and ids are
 * added and removed one by one; conditions and what is served are taken from one side or the other as a whole, because
 * halves of two meanings make a third. The result has yet to be parsed: two changes that fit `base` may not fit together.
 */
export function merge<P extends Part>(base: P | undefined, mine: P | undefined, theirs: P | undefined): Merged<P> {
  if (isGoneAlone(base, mine, theirs)) return { merged: undefined, conflicts: [] };
  const conflicts: Conflict[] = [];
  const merged = meld(anatomyOf(base ?? mine ?? theirs), { base, mine, theirs }, [], conflicts);
  // Made of members of parts of this kind, at the places that they had there.
  return { merged: merged as P | undefined, conflicts };
}

/** Whether one side removed what the other left as it was, but for its version: to count is no change. */
function isGoneAlone<P extends Part>(base: P | undefined, mine: P | undefined, theirs: P | undefined): boolean {
  const left = mine ?? theirs;
  if (base === undefined || left === undefined || (mine && theirs)) return false;
  return differences(base, left).length === 0;
}

function meld(anatomy: Anatomy, versions: Versions, path: Path, conflicts: Conflict[]): unknown {
  const { base, mine, theirs } = versions;
  if (isSame(mine, base)) return theirs;
  if (isSame(theirs, base) || isSame(mine, theirs)) return mine;

  const inside = within(anatomy, versions, path, conflicts);
  if (inside === undefined) conflicts.push({ path, ...versions });
  return inside ?? theirs;
}

/** The merge of what is within, or undefined where one version has to be taken whole. */
function within(anatomy: Anatomy, versions: Versions, path: Path, conflicts: Conflict[]): unknown {
  switch (anatomy.kind) {
    case "count":
      return later(versions);
    case "fields": {
      const members = mapped(versions, (version) => (isMembers(version) ? version : undefined));
      if (!members || anatomy.isAtomic?.([members.base, members.mine, members.theirs])) return undefined;
      return ofFields(anatomy.of, members, path, conflicts);
    }
    case "keyed": {
      const entries = mapped(versions, (version) => entriesBy(anatomy.by, version));
      return entries && ofEntries(anatomy.of, entries, path, conflicts);
    }
    case "set": {
      const lists = mapped(versions, (version) => (Array.isArray(version) ? (version as unknown[]) : undefined));
      return lists && ofSet(lists);
    }
    default:
      return undefined;
  }
}

function mapped<T>(
  { base, mine, theirs }: Versions,
  map: (version: unknown) => T | undefined,
): Versions<T> | undefined {
  const [a, b, c] = [map(base), map(mine), map(theirs)];
  return a === undefined || b === undefined || c === undefined ? undefined : { base: a, mine: b, theirs: c };
}

/** Neither version is wrong about what it counts; the larger is after both. */
function later({ mine, theirs }: Versions): unknown {
  return typeof mine === "number" && typeof theirs === "number" ? Math.max(mine, theirs) : undefined;
}

function ofFields(of: (name: string) => Anatomy, versions: Versions<Members>, path: Path, conflicts: Conflict[]) {
  const { base, mine, theirs } = versions;
  const names = new Set([...Object.keys(theirs), ...Object.keys(mine)]);
  const merged = [...names].map((name) => {
    const own = { base: member(base, name), mine: member(mine, name), theirs: member(theirs, name) };
    return [name, meld(of(name), own, [...path, name], conflicts)] as const;
  });
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
}

type Entries = ReadonlyMap<string, Members>;

function ofEntries(of: Anatomy, { base, mine, theirs }: Versions<Entries>, path: Path, conflicts: Conflict[]) {
  const merged = new Map<string, unknown>();
  for (const name of new Set([...theirs.keys(), ...mine.keys()])) {
    const own = { base: base.get(name), mine: mine.get(name), theirs: theirs.get(name) };
    const entry = meld(of, own, [...path, name], conflicts);
    if (entry !== undefined) merged.set(name, entry);
  }
  const names = { base: [...base.keys()], mine: [...mine.keys()], theirs: [...theirs.keys()] };
  return ordered(names, new Set(merged.keys()), path, conflicts).map((name) => merged.get(name));
}

/** The order of whoever changed it, theirs where both did; what the other side added stays behind its neighbour there. */
function ordered(names: Versions<string[]>, left: ReadonlySet<string>, path: Path, conflicts: Conflict[]): string[] {
  const { base, mine, theirs } = names;
  const common = new Set(base.filter((name) => mine.includes(name) && theirs.includes(name)));
  const order = (all: string[]) => all.filter((name) => common.has(name));
  const [was, my, their] = [order(base), order(mine), order(theirs)];

  const isMineMoved = !isSame(was, my);
  const isConflict = isMineMoved && !isSame(was, their) && !isSame(my, their);
  if (isConflict) conflicts.push({ path, ...names });

  const isMine = isMineMoved && isSame(was, their);
  return (isMine ? inserted(mine, theirs) : inserted(theirs, mine)).filter((name) => left.has(name));
}

function inserted(skeleton: readonly string[], others: readonly string[]): string[] {
  const all = [...skeleton];
  others.forEach((name, index) => {
    if (all.includes(name)) return;
    const neighbour = others[index - 1];
    all.splice(neighbour === undefined ? 0 : all.indexOf(neighbour) + 1, 0, name);
  });
  return all;
}

function ofSet({ base, mine, theirs }: Versions<unknown[]>): unknown[] {
  const [was, my, their] = [new Set(base), new Set(mine), new Set(theirs)];
  const kept = [...their].filter((entry) => my.has(entry) || !was.has(entry));
  return [...kept, ...[...my].filter((entry) => !their.has(entry) && !was.has(entry))];
}
