import type { Flag, FlagSet, Problem, Segment } from "@beq/flags";
import { below, conflictOf, type Former, seen } from "./conflict.ts";
import { type Ground, type Layered, type Layers, nameAt } from "./layers.ts";
import { createReferences, nameOf } from "./references.ts";
import { type Document, sizeOf, type State } from "./stored.ts";
import { type Conflict, type Edit, isStorable, type Kind } from "./wire.ts";

/** What edits are checked against. */
export type Situation = { ground: Ground; state: State; layered: Layered; former: Former; layers: Layers };

export type Checked = {
  /** Paths start at `edits`: `["edits", 0, "value", "rules", 1, "id"]`. */
  problems: Problem[];
  conflicts: Conflict[];
  /** The set that the edits would make; null where there are problems. */
  next: FlagSet | null;
};

/** How much can be saved. */
const limits = { flags: 5_000, segments: 2_000, characters: 20_000_000 };

/** Checks edits as a whole: what they would make has to be sound, and each has to know what it replaces. */
export function check(edits: readonly Edit[], situation: Situation): Checked {
  const { state, layered, ground, layers } = situation;
  const unfit = misfits(edits, state);
  if (unfit.length > 0) return { problems: unfit, conflicts: [], next: null };

  const conflicts = conflictsOf(edits, situation);
  const excess = tooMuch(edits, state);
  if (excess.length > 0) return { problems: excess, conflicts, next: null };

  const draft = edited(layered.set, ground, edits, state.version + 1);
  const { problems, sound } = layers.judge(draft, new Set(edits.map(({ kind, key }) => nameOf(kind, key))));
  if (!sound) return { problems: located(problems, edits, draft), conflicts, next: null };
  return { problems: [], conflicts, next: filled(draft, sound, edits) };
}

function conflictsOf(edits: readonly Edit[], { ground, state, former }: Situation): Conflict[] {
  return edits.flatMap((edit) => {
    const { kind, key, base, value } = edit;
    const current = state[kind].get(key)?.version ?? 0;
    if (base === current) return [];
    const begun = base === 0 ? below(ground, kind, key) : former.recall(kind, key, base);
    return [conflictOf(edit, current, { base: begun ?? null, mine: value, theirs: seen(ground, state, kind, key) })];
  });
}

/** The set with its edited documents as the parser read them: every default filled in. */
function filled(draft: FlagSet, sound: FlagSet, edits: readonly Edit[]): FlagSet {
  const pick = <T>(kind: Kind, items: { readonly [key: string]: T }) =>
    Object.fromEntries(
      edits.filter((edit) => edit.kind === kind && Object.hasOwn(items, edit.key)).map(({ key }) => [key, items[key]]),
    ) as { [key: string]: T };
  return {
    version: draft.version,
    flags: { ...draft.flags, ...pick("flag", sound.flags) },
    segments: { ...draft.segments, ...pick("segment", sound.segments) },
  };
}

/** The set with the edits in it; a declared flag whose saved version is removed is again what the environment says. */
function edited(set: FlagSet, ground: Ground, edits: readonly Edit[], version: number): FlagSet {
  const items = {
    flag: new Map<string, Document>(Object.entries(set.flags)),
    segment: new Map<string, Document>(Object.entries(set.segments)),
  };
  for (const { kind, key, value } of edits) {
    const wished = value && kind === "flag" ? { ...value, version } : value;
    const document = wished ?? below(ground, kind, key);
    if (document) items[kind].set(key, document);
    else items[kind].delete(key);
  }
  // Not parsed yet: whether they are flags and segments is what is judged next.
  const flags = Object.fromEntries(items.flag) as Record<string, Flag>;
  const segments = Object.fromEntries(items.segment) as Record<string, Segment>;
  return { version, flags, segments };
}

const deepest = 64;

/** What makes no sense whatever the set is. */
function misfits(edits: readonly Edit[], state: State): Problem[] {
  const met = new Set<string>();
  return edits.flatMap(({ kind, key, base, value }, index) => {
    const problem = (at: string, message: string): Problem[] => [{ path: ["edits", index, at], message }];
    const name = nameOf(kind, key);
    if (met.has(name)) return problem("key", "another edit is of the same item");
    met.add(name);
    if (value === null)
      return base === 0 && !state[kind].has(key) ? problem("key", `there is no saved ${kind} '${key}' to remove`) : [];

    const odd = unfitName(kind, key);
    if (odd !== undefined) return problem("key", odd);

    const fault = unstorable(value);
    return fault === undefined ? [] : problem("value", fault);
  });
}

function unfitName(kind: Kind, key: string): string | undefined {
  if (key === "__proto__" || /\p{Cc}/u.test(key) || !isStorable(key))
    return "expected a printable name other than __proto__";
  // Every client takes them out of an address, and asks for something else.
  return kind === "flag" && /^\.{1,2}$/.test(key)
    ? `'${key}' cannot be a flag's key: no address leads to it`
    : undefined;
}

function unstorable(value: object): string | undefined {
  const waiting: { part: unknown; depth: number }[] = [{ part: value, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { part, depth } = next;
    if (depth > deepest) return `nested deeper than ${deepest} levels`;
    if (typeof part === "string" && !isStorable(part)) return "expected well-formed text, without NUL, everywhere";
    if (typeof part !== "object" || part === null) continue;
    for (const entry of Object.entries(part)) for (const one of entry) waiting.push({ part: one, depth: depth + 1 });
  }
  return undefined;
}

function tooMuch(edits: readonly Edit[], state: State): Problem[] {
  const sizes = { flag: sizesOf(state, "flag"), segment: sizesOf(state, "segment") };
  for (const { kind, key, value } of edits) {
    if (value === null) sizes[kind].delete(key);
    else sizes[kind].set(key, sizeOf(value));
  }
  const total = [...sizes.flag.values(), ...sizes.segment.values()].reduce((sum, size) => sum + size, 0);
  const beyond = (is: number, most: number, what: string): Problem[] =>
    is > most ? [{ path: ["edits"], message: `at most ${most} ${what} can be saved, and these would be ${is}` }] : [];
  return [
    ...beyond(sizes.flag.size, limits.flags, "flags"),
    ...beyond(sizes.segment.size, limits.segments, "segments"),
    ...beyond(total, limits.characters, "characters"),
  ];
}

function sizesOf(state: State, kind: Kind): Map<string, number> {
  return new Map(Array.from(state[kind], ([key, { size }]) => [key, size]));
}

/** Problems of a set at the edits that cause them: in what they bring, or in what they take from others. */
function located(problems: readonly Problem[], edits: readonly Edit[], next: FlagSet): Problem[] {
  const indices = new Map(edits.map(({ kind, key }, index) => [nameOf(kind, key), index]));
  const references = createReferences()(next);
  return problems.map(({ path, message }): Problem => {
    const name = nameAt(path);
    const own = indices.get(name);
    if (own !== undefined) return { path: ["edits", own, "value", ...path.slice(2)], message };

    const cause = [...references.reachedFrom([name])].find((other) => indices.has(other));
    const index = cause === undefined ? 0 : (indices.get(cause) ?? 0);
    return {
      path: ["edits", index],
      message: `${path[0] === "segments" ? "segment" : "flag"} '${path[1]}': ${message}`,
    };
  });
}
