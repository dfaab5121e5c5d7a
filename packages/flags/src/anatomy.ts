import type { Flag, FlagSet, Segment } from "./model.ts";

/** What can be compared or merged: a whole set, or one of its members. */
export type Part = FlagSet | Flag | Segment;

/** A JSON object whose members are not known yet. */
export type Members = { readonly [name: string]: unknown };

/**
 * How a value is read by somebody who looks for what changed in it.
 *
 * - `whole`: one thing that is the same or another.
 * - `count`: a version, which says that something changed and not what.
 * - `set`: a list in which order and repetition say nothing.
 * - `fields`: an object, member by member.
 * - `keyed`: a list whose entries are told apart by the member `by`, in an order that matters.
 * - `list`: a list whose entries are told apart by their place alone.
 *
 * `isAtomic`: two people's changes to different parts of these versions could contradict each other, so that a merge
 * takes one of them or none.
 */
export type Anatomy = { readonly isAtomic?: (versions: readonly Members[]) => boolean } & (
  | { readonly kind: "whole" | "count" | "set" }
  | { readonly kind: "fields"; readonly of: (name: string) => Anatomy }
  | { readonly kind: "keyed"; readonly by: string; readonly of: Anatomy }
  | { readonly kind: "list"; readonly of: Anatomy }
);

const always = () => true;
const whole: Anatomy = { kind: "whole" };
const count: Anatomy = { kind: "count" };
const set: Anatomy = { kind: "set" };
const each = (of: Anatomy): Anatomy => ({ kind: "fields", of: () => of });
const keyed = (by: string, of: Anatomy): Anatomy => ({ kind: "keyed", by, of });

/** An object with these members, any other being whole; a function, because conditions contain conditions. */
function fields(members: () => { readonly [name: string]: Anatomy }): Anatomy {
  const of = (name: string) => {
    const known = members();
    return Object.hasOwn(known, name) ? (known[name] ?? whole) : whole;
  };
  return { kind: "fields", of };
}

const condition: Anatomy = {
  ...fields(() => ({ all: conditions, any: conditions, not: condition, values: set, variants: set })),
  isAtomic: always,
};
const conditions: Anatomy = { kind: "list", of: condition, isAtomic: always };
const weights = keyed(
  "variant",
  fields(() => ({})),
);
const serve: Anatomy = { ...fields(() => ({ split: fields(() => ({ weights })) })), isAtomic: always };
const bucketing: Anatomy = { ...fields(() => ({})), isAtomic: always };

const flag = fields(() => ({
  variants: each(whole),
  requires: keyed(
    "flag",
    fields(() => ({ variants: set })),
  ),
  rules: keyed(
    "id",
    fields(() => ({ when: condition, serve })),
  ),
  otherwise: serve,
  bucketing,
  tags: set,
  version: count,
}));

const segment: Anatomy = {
  ...fields(() => ({ when: condition, ids: set })),
  // Ids of people and ids of organisations, say, do not go into one list.
  isAtomic: (versions) => new Set(versions.map((one) => JSON.stringify(["ids" in one, one["by"]]))).size > 1,
};

const flagSet = fields(() => ({ flags: each(flag), segments: each(segment), version: count }));

/** The anatomy of a part, told by the members that only one kind of part has. */
export function anatomyOf(part: Part | undefined): Anatomy {
  if (part === undefined) return whole;
  if ("flags" in part) return flagSet;
  return "variants" in part ? flag : segment;
}

/** Entries by the member that tells them apart; undefined when the value is no list in which it does. */
export function entriesBy(by: string, list: unknown): ReadonlyMap<string, Members> | undefined {
  if (!Array.isArray(list)) return undefined;

  const entries = new Map<string, Members>();
  for (const entry of list) {
    const name = isMembers(entry) ? entry[by] : undefined;
    if (typeof name !== "string" || entries.has(name)) return undefined;
    entries.set(name, entry);
  }
  return entries;
}

export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member of the object's own, or undefined. */
export function member(object: Members, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
