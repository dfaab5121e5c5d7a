import { differences, merge } from "@beq/flags";
import type { Ground } from "./layers.ts";
import { type Document, sizeOf, type State } from "./stored.ts";
import type { Conflict, Edit, Kind } from "./wire.ts";

/** The versions of one item that two people's edits meet in; null: it does not exist. */
export type Meeting = { base: Document | null; mine: Document | null; theirs: Document | null };

/** How an edit differs from what has been saved since it was begun. */
export function conflictOf(
  { kind, key, base }: Edit,
  current: number,
  { base: from, mine, theirs }: Meeting,
): Conflict {
  const { merged, conflicts } = merge<Document>(from ?? undefined, mine ?? undefined, theirs ?? undefined);
  return {
    kind,
    key,
    base,
    current,
    base_value: from,
    current_value: theirs,
    theirs: differences<Document>(from ?? undefined, theirs ?? undefined),
    yours: differences<Document>(from ?? undefined, mine ?? undefined),
    merged: conflicts.length === 0 ? (merged ?? null) : null,
    conflicts: conflicts.map(({ path }) => [...path]),
  };
}

/** What an editor sees of an item: what is saved, or what lies under it. */
export function seen(ground: Ground, state: State, kind: Kind, key: string): Document | null {
  return state[kind].get(key)?.document ?? below(ground, kind, key);
}

/** What lies under the saved items: the environment's flags. */
export function below({ environment }: Ground, kind: Kind, key: string): Document | null {
  return kind === "flag" && Object.hasOwn(environment.flags, key) ? (environment.flags[key] ?? null) : null;
}

/** Documents as they were, so that an edit that was begun on one of them can be compared. */
export type Former = {
  remember(kind: Kind, key: string, version: number, document: Document): void;
  /** Undefined when it is not remembered. */
  recall(kind: Kind, key: string, version: number): Document | undefined;
};

const mostRemembered = 1_000;
const mostCharacters = 20_000_000;

export function createFormer(): Former {
  const documents = new Map<string, { document: Document; size: number }>();
  const nameOf = (kind: Kind, key: string, version: number) => JSON.stringify([kind, key, version]);
  let total = 0;
  const forget = (name: string) => {
    total -= documents.get(name)?.size ?? 0;
    documents.delete(name);
  };

  return {
    remember(kind, key, version, document) {
      const [name, size] = [nameOf(kind, key, version), sizeOf(document)];
      forget(name);
      documents.set(name, { document, size });
      total += size;
      for (const oldest of documents.keys()) {
        if (documents.size <= mostRemembered && total <= mostCharacters) return;
        forget(oldest);
      }
    },
    recall: (kind, key, version) => documents.get(nameOf(kind, key, version))?.document,
  };
}
