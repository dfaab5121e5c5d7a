import type { Flag, Segment } from "@beq/flags";
import type { Author, Committed, Kind, Stored } from "./wire.ts";

export type Document = Flag | Segment;

/** One saved flag or segment, and the change that saved it. */
export type Item = {
  readonly version: number;
  readonly document: Document;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** When the item was first saved, likewise. */
  readonly since: string;
  readonly by: Author;
  /** Length of the document as JSON. */
  readonly size: number;
};

/** Everything that was saved, as of one version of the set. */
export type State = { readonly version: number } & { readonly [K in Kind]: ReadonlyMap<string, Item> };

export const empty: State = { version: 0, flag: new Map(), segment: new Map() };

/** The state after one more change. */
export function after(state: State, { version, at, author, edits }: Committed): State {
  const items = { flag: new Map(state.flag), segment: new Map(state.segment) };
  for (const { kind, key, after: document } of edits) {
    if (document === null) items[kind].delete(key);
    else {
      const since = items[kind].get(key)?.since ?? at;
      items[kind].set(key, { version, document, at, since, by: author, size: sizeOf(document) });
    }
  }
  return { version, ...items };
}

/** The state in the words of the wire. */
export function storedOf({ version, flag, segment }: State): Stored {
  return {
    version,
    flags: documentsOf<Flag>(flag),
    segments: documentsOf<Segment>(segment),
    versions: { flag: versionsOf(flag), segment: versionsOf(segment) },
  };
}

/** The documents of one kind, by key. What was saved as a flag is kept with flags, so the kind is the type. */
export function documentsOf<D extends Document>(items: ReadonlyMap<string, Item>): Record<string, D> {
  return Object.fromEntries(Array.from(items, ([key, { document }]) => [key, document as D]));
}

function versionsOf(items: ReadonlyMap<string, Item>): Record<string, number> {
  return Object.fromEntries(Array.from(items, ([key, { version }]) => [key, version]));
}

export function sizeOf(document: Document): number {
  return JSON.stringify(document).length;
}
