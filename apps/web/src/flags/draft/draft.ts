import { differences, type Difference } from "@beq/flags";
import { useMemo, useState } from "react";
import { useServices } from "../../shell/services.ts";
import type { Document, Kind } from "../wire.ts";
import { isChanged, keep, type Kept, readKept } from "./kept.ts";

/** What is in force, and its version; null is nothing. */
export type Current<T extends Document> = { version: number; value: T | null };

export type Draft<T extends Document> = {
  /** What the page shows: the edit, or what is in force. */
  value: T | null;
  /** The version that the edit starts from. */
  base: number;
  from: T | null;
  differences: readonly Difference[];
  isDirty: boolean;
  /** Somebody saved another version since the edit was begun. */
  isStale: boolean;
  canUndo: boolean;
  change: (next: T) => void;
  undo: () => void;
  discard: () => void;
  /** Goes on from another version with these changes. */
  rebase: (onto: Current<T>, value: T) => void;
};

const mostSteps = 100;

/** An edit of one flag or segment: kept on this device until it is saved or discarded. */
export function useDraft<T extends Document>(kind: Kind, key: string, current: Current<T> | undefined): Draft<T> {
  const { storage, toasts } = useServices();
  const name = `${kind}.${key}`;
  const [state, setState] = useState(() => ({ name, kept: readKept<T>(storage, name), steps: [] as readonly T[] }));
  if (state.name !== name) setState({ name, kept: readKept<T>(storage, name), steps: [] });

  const { kept, steps } = state;
  const put = (next: Kept<T> | null, past: readonly T[]) => {
    const held = next && isChanged(next) ? next : null;
    if (!keep(storage, name, held) && held)
      toasts.show("This device has no room left: your changes last until you close this tab.");
    setState({ name, kept: held, steps: past });
  };
  const from = kept ? kept.from : (current?.value ?? null);
  const base = kept?.base ?? current?.version ?? 0;
  const value = kept?.value ?? current?.value ?? null;
  const found = useMemo(() => (kept ? differences<Document>(kept.from ?? undefined, kept.value) : []), [kept]);
  return {
    value,
    base,
    from,
    differences: found,
    isDirty: kept !== null,
    isStale: kept !== null && current !== undefined && current.version !== kept.base,
    canUndo: steps.length > 0,
    change: (next) => put({ base, from, value: next }, value ? [...steps.slice(1 - mostSteps), value] : steps),
    undo: () => {
      const last = steps.at(-1);
      if (last) put({ base, from, value: last }, steps.slice(0, -1));
    },
    discard: () => put(null, []),
    rebase: (onto, next) => put({ base: onto.version, from: onto.value, value: next }, []),
  };
}
