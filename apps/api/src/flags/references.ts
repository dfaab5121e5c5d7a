import type { Condition, Flag, FlagSet, Segment } from "@beq/flags";
import type { Kind } from "./wire.ts";

/** A flag or a segment of a set, as one text. */
export type Name = `${Kind}:${string}`;

export const nameOf = (kind: Kind, key: string): Name => `${kind}:${key}`;

/** Who names whom in a set. */
export type References = {
  /** What an item names itself. */
  of(name: Name): readonly Name[];
  /** The items that name this one themselves. */
  to(name: Name): readonly Name[];
  /** These and all that lead to them, over any number of steps. */
  leadingTo(names: Iterable<Name>): Set<Name>;
  /** These and all that they lead to. */
  reachedFrom(names: Iterable<Name>): Set<Name>;
};

/** Reads references once for each document: documents are replaced, never changed. */
export function createReferences(): (set: FlagSet) => References {
  const known = new WeakMap<object, readonly Name[]>();
  const read = (document: Flag | Segment): readonly Name[] => {
    const found = known.get(document) ?? namedBy(document);
    known.set(document, found);
    return found;
  };

  return (set) => {
    const forth = new Map<Name, readonly Name[]>();
    const back = new Map<Name, Name[]>();
    for (const [name, document] of itemsOf(set)) {
      const named = read(document);
      forth.set(name, named);
      for (const other of named) {
        const users = back.get(other);
        if (users) users.push(name);
        else back.set(other, [name]);
      }
    }
    const of = (name: Name) => forth.get(name) ?? [];
    const to = (name: Name) => back.get(name) ?? [];
    return {
      of,
      to,
      leadingTo: (names) => closure(names, to),
      reachedFrom: (names) => closure(names, of),
    };
  };
}

function* itemsOf({ flags, segments }: FlagSet): Generator<[Name, Flag | Segment]> {
  for (const [key, flag] of Object.entries(flags)) yield [nameOf("flag", key), flag];
  for (const [key, segment] of Object.entries(segments)) yield [nameOf("segment", key), segment];
}

function closure(names: Iterable<Name>, next: (name: Name) => readonly Name[]): Set<Name> {
  const found = new Set(names);
  for (const name of found) for (const other of next(name)) found.add(other);
  return found;
}

/** What a document names; of one that is malformed, nothing. */
function namedBy(document: Flag | Segment): readonly Name[] {
  try {
    const named =
      "variants" in document
        ? [
            ...document.requires.map(({ flag }) => nameOf("flag", flag)),
            ...document.rules.flatMap(({ when }) => [...namedIn(when)]),
          ]
        : "when" in document
          ? [...namedIn(document.when)]
          : [];
    return [...new Set(named)];
  } catch {
    return [];
  }
}

function* namedIn(condition: Condition): Generator<Name> {
  if ("all" in condition) for (const part of condition.all) yield* namedIn(part);
  else if ("any" in condition) for (const part of condition.any) yield* namedIn(part);
  else if ("not" in condition) yield* namedIn(condition.not);
  else if ("segment" in condition) yield nameOf("segment", condition.segment);
  else if ("flag" in condition) yield nameOf("flag", condition.flag);
}
