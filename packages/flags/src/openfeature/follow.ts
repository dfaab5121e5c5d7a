import type { EvaluationContext } from "@openfeature/core";
import { own } from "../asking.ts";
import type { FlagStore, Snapshot } from "../react/store.ts";
import type { ProviderEvent } from "./events.ts";
import {
  eventsBetween,
  freshnessOf,
  isUnknown,
  type EvaluatedFlag,
  type EvaluatedFlags,
  type Freshness,
} from "./snapshot.ts";

/** Makes or finds the store of a context's flags. */
export type OpenStore = (context: EvaluationContext) => FlagStore<EvaluatedFlags>;

/** A flag as it is known, or why nothing at all is. */
export type Known =
  | { readonly flag: EvaluatedFlag | undefined; readonly freshness: Freshness }
  | { readonly missing: string };

interface Followed {
  readonly store: FlagStore<EvaluatedFlags>;
  readonly leave: () => void;
}

/**
 * Serves the flags of one context at a time, from that context's own store, so that nobody is served another's for
 * longer than the store's timeout; and reports what becomes of them.
 */
export function createFollower(open: OpenStore, report: (event: ProviderEvent) => void) {
  let served: Followed | undefined;
  let seen: Snapshot<EvaluatedFlags> | undefined;
  let moving: Promise<void> | undefined;
  // Each move to a context, and leaving, has a number: the latest begun, the one served, the one whose events are told.
  let latest = 0;
  let reached = 0;
  let told = 0;

  const announce = (store: FlagStore<EvaluatedFlags>) => {
    if (told !== latest || !seen || served?.store !== store) return;
    const before = seen;
    seen = store.getSnapshot();
    for (const event of eventsBetween(before, seen)) report(event);
  };
  const leave = () => {
    latest++;
    moving = undefined;
    served?.leave();
    served = undefined;
  };
  const opened = (context: EvaluationContext) => {
    try {
      return open(context);
    } catch (error) {
      // Without a store of its own, a context gets nothing rather than another's flags.
      leave();
      throw error;
    }
  };
  const serve = (next: Followed, move: number): Error | null => {
    const isSameStore = next.store === served?.store;
    served?.leave();
    served = next;
    reached = move;
    const snapshot = next.store.getSnapshot();
    const failure = isSameStore || isUnknown(snapshot) ? snapshot.error : null;
    // The SDK learns of a failure from the promise, and of an outage with flags at hand only from an event.
    seen = failure ? snapshot : { ...snapshot, error: null };
    return failure;
  };
  const reach = async (context: EvaluationContext): Promise<void> => {
    const move = ++latest;
    const store = opened(context);
    const next = { store, leave: store.subscribe(() => announce(store)) };
    await (store === served?.store ? store.refresh() : store.ready());
    if (move !== latest) {
      next.leave();
      // A later context decides how this move ends; after leaving there is none.
      return moving;
    }

    const failure = serve(next, move);
    afterTheSdk(() => {
      if (move !== latest) return;
      told = move;
      announce(store);
    });
    if (failure) throw failure;
  };

  return {
    /** Resolves once the context's flags are served; rejects when there are none, and goes on trying. */
    move: (context: EvaluationContext): Promise<void> => (moving = reach(context)),
    leave,
    /** The flag as it is known now; until a new context is reached, the former one's. */
    read: (key: string): Known => {
      const snapshot = served?.store.getSnapshot();
      if (!snapshot || isUnknown(snapshot)) return { missing: snapshot?.error?.message ?? "nothing was loaded" };
      const freshness = reached === latest ? freshnessOf(snapshot) : "STALE";
      return { flag: own(snapshot.flags, key), freshness };
    },
  };
}

/** The SDK sets a provider's status in the turn after a promise of its; an event before that would be undone. */
function afterTheSdk(act: () => void): void {
  setTimeout(act, 0);
}
