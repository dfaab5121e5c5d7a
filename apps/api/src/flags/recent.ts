import { createHmac } from "node:crypto";
import type { EvaluationContext } from "@beq/flags";

/** A context that was evaluated not long ago. */
export type Seen = {
  /** The first 8 hex digits of a keyed hash, in place of the id. */
  id: string;
  context: EvaluationContext;
  /** Epoch milliseconds. */
  seenAt: number;
};

/** A bounded sample of the contexts of the last hour, each counted once however often it asks. In memory only. */
export type Recent = {
  /** Called for every evaluation of a door; costs well under a microsecond. */
  note(context: EvaluationContext): void;
  /** The last seen first. */
  all(): Seen[];
  find(id: string): Seen | undefined;
};

export type RecentDeps = {
  /** Epoch milliseconds. */
  now: () => number;
  /** Secret of this process, so that nobody can look an id up by its hash. */
  key: Buffer;
  most?: number;
};

type Entry = { context: EvaluationContext; place: number; seenAt: number };

const hourMilliseconds = 3_600_000;
const freshMilliseconds = 60_000;
const mostCharacters = 8_000;

/**
 * Keeps the ids with the smallest keyed hashes (a bottom-k sketch): a uniform sample of who asked, in which whoever
 * asks often is no more likely to be than whoever asked once.
 */
export function createRecent({ now, key, most = 2_000 }: RecentDeps): Recent {
  const seed = key.readUInt32LE(0);
  const entries = new Map<string, Entry>();
  let highest = Infinity;
  let sweptAt = now();

  const sweep = (at: number) => {
    sweptAt = at;
    for (const [name, { seenAt }] of entries) if (at - seenAt > hourMilliseconds) entries.delete(name);
    if (entries.size < most) highest = Infinity;
  };

  const add = (name: string, context: EvaluationContext, at: number) => {
    const place = hash(name, seed);
    if (place >= highest) return;
    const copy = copied(context);
    if (!copy) return;
    entries.set(name, { context: copy, place, seenAt: at });
    if (entries.size > most) entries.delete(last(entries));
    if (entries.size >= most) highest = entries.get(last(entries))?.place ?? Infinity;
  };

  const shown = (name: string, { context, seenAt }: Entry): Seen => ({
    id: createHmac("sha256", key).update(name).digest("hex").slice(0, 8),
    context,
    seenAt,
  });
  const alive = () => {
    sweep(now());
    return Array.from(entries, ([name, entry]) => shown(name, entry));
  };

  return {
    note(context) {
      const name = nameOf(context);
      if (name === undefined) return;
      const at = now();
      if (at - sweptAt > freshMilliseconds) sweep(at);
      const entry = entries.get(name);
      if (!entry) return add(name, context, at);
      // Attributes change; a look a minute is enough.
      if (at - entry.seenAt > freshMilliseconds && isAsFull(context, entry.context))
        entry.context = copied(context) ?? entry.context;
      entry.seenAt = at;
    },
    all: () => alive().toSorted((a, b) => b.seenAt - a.seenAt),
    find: (id) => alive().find((seen) => seen.id === id),
  };
}

/** What tells contexts apart: the user's id, or all there is of somebody without one. Nobody at all is no context. */
function nameOf(context: EvaluationContext): string | undefined {
  if (typeof context.targetingKey === "string" && context.targetingKey !== "") return context.targetingKey;
  const text = copied(context);
  return text && Object.keys(text).length > 0 ? JSON.stringify(text) : undefined;
}

/** A door that knows the id alone does not make forgotten what another knew. */
function isAsFull(context: EvaluationContext, known: EvaluationContext): boolean {
  return Object.keys(context).length >= Object.keys(known).length;
}

/** A copy that nobody changes any more; undefined for what is too large, or is no JSON. */
function copied(context: EvaluationContext): EvaluationContext | undefined {
  try {
    const text = JSON.stringify(context);
    return text.length <= mostCharacters ? (JSON.parse(text) as EvaluationContext) : undefined;
  } catch {
    return undefined;
  }
}

function last(entries: ReadonlyMap<string, Entry>): string {
  let [name = "", place] = ["", -1];
  for (const [other, entry] of entries) if (entry.place > place) [name, place] = [other, entry.place];
  return name;
}

/** FNV-1a over UTF-16 units, then murmur3's finalizer, which spreads the differences of near-equal ids. */
function hash(text: string, seed: number): number {
  let state = 0x811c9dc5 ^ seed;
  for (let index = 0; index < text.length; index += 1) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}
