import { isSame } from "../reads.ts";
import { shared } from "./shared.ts";

/** What a client knows of one flag: the answer for its user, no rules. */
export interface FlagState {
  readonly enabled: boolean;
  readonly user_specific: boolean;
  readonly description: string;
}

/** What a client knows of all flags, by key. */
export type FlagStates = { readonly [key: string]: FlagState };

/** One moment of the store; the same object until something changed. */
export interface Snapshot<F extends FlagStates> {
  /** Empty until something is known; a flag keeps its object for as long as it does not change. */
  readonly flags: Partial<F>;
  /** True only until the first answer, failure or timeout; never with values at hand. */
  readonly isLoading: boolean;
  /** Why the last refresh failed; null after one that did not. */
  readonly error: Error | null;
  /** The flags are from the page, the cache or before an outage, not confirmed by the server. */
  readonly isStale: boolean;
}

/** Where flags come from, whatever the transport. */
export interface FlagPort<F extends FlagStates> {
  /** Asks for all flags of this user. */
  fetch(signal: AbortSignal): Promise<F>;
  /** Reports changes on the server until the returned function is called; with the new flags where they are at hand. */
  subscribe?: ((onChange: (flags?: F) => void) => () => void) | undefined;
}

/** What `createFlagStore` is made of: the way to the server, and what it may start from before that has answered. */
export interface FlagStoreDeps<F extends FlagStates> extends FlagPort<F> {
  /** Flags that came with the page, so that the first paint is right. */
  readonly bootstrap?: Partial<F> | undefined;
  /** Flags of an earlier visit, for a start while the server is away. */
  readonly cache?: { read(): Partial<F> | undefined; write(flags: F): void } | undefined;
  /** How long a fetch may take before it counts as failed; default 5. */
  readonly timeoutSeconds?: number | undefined;
  /** Calls `act` after a while unless the returned function is called first; default: the platform's timer. */
  readonly after?: ((seconds: number, act: () => void) => () => void) | undefined;
}

/** A client's flags as React's `useSyncExternalStore` reads them; `createFlagStore` makes one. */
export interface FlagStore<F extends FlagStates> {
  getSnapshot(): Snapshot<F>;
  /** The first listener starts fetching, following and retrying; the last to leave stops them. */
  subscribe(listener: () => void): () => void;
  /** Fetches now; resolves when done, also when that failed (see `error`). */
  refresh(): Promise<void>;
  /** Resolves once loading is over, however it ended. */
  ready(): Promise<void>;
}

const RETRY_SECONDS = { first: 1, longest: 60 };

/** Keeps a client's flags, through outages too. Free of React. */
export function createFlagStore<F extends FlagStates>(deps: FlagStoreDeps<F>): FlagStore<F> {
  const { after = platformTimer, timeoutSeconds = 5 } = deps;
  const known = deps.bootstrap ?? cached(deps);
  const listeners = new Set<() => void>();
  const settled = latch();
  let snapshot: Snapshot<F> = { flags: known ?? {}, isLoading: !known, error: null, isStale: true };
  let stop = () => {};
  let cancelRetry = () => {};
  let failures = 0;
  // Whatever was asked later knows better: an answer counts only if nothing newer has arrived.
  let asked = 0;
  let answered = 0;

  const set = (next: Snapshot<F>) => {
    const same = { ...next, flags: shared(snapshot.flags, next.flags) };
    if (!next.isLoading) settled.open();
    if (isSame({ ...same, error: null }, { ...snapshot, error: null }) && same.error === snapshot.error) return;
    snapshot = same;
    for (const listener of Array.from(listeners)) listener();
  };
  const accept = (flags: F, ticket: number) => {
    if (ticket < answered) return;
    answered = ticket;
    failures = 0;
    cancelRetry();
    set({ flags, isLoading: false, error: null, isStale: false });
    remember(deps, flags);
  };
  const reject = (cause: unknown, ticket: number) => {
    if (ticket < answered) return;
    const error = cause instanceof Error ? cause : new Error(String(cause));
    set({ ...snapshot, isLoading: false, error, isStale: true });
    if (listeners.size === 0) return;
    cancelRetry();
    cancelRetry = after(Math.min(RETRY_SECONDS.first * 2 ** failures++, RETRY_SECONDS.longest), () => void refresh());
  };
  const refresh = async () => {
    const ticket = ++asked;
    try {
      accept(await within(timeoutSeconds, after, deps.fetch), ticket);
    } catch (error) {
      reject(error, ticket);
    }
  };
  const start = () => {
    const unfollow = deps.subscribe?.((flags) => (flags ? accept(flags, ++asked) : void refresh()));
    void refresh();
    return () => {
      unfollow?.();
      cancelRetry();
    };
  };

  if (known) settled.open();
  return {
    getSnapshot: () => snapshot,
    refresh,
    ready: () => {
      if (snapshot.isLoading && asked === 0) void refresh();
      return settled.opened;
    },
    subscribe: (listener) => {
      const entry = () => listener();
      listeners.add(entry);
      if (listeners.size === 1) stop = start();
      return () => {
        if (listeners.delete(entry) && listeners.size === 0) stop();
      };
    },
  };
}

type After = NonNullable<FlagStoreDeps<FlagStates>["after"]>;

/** Never waits for ever: a fetch that does not end is aborted, and counts as failed even if it ignores that. */
function within<T>(seconds: number, after: After, fetch: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  return new Promise((resolve, reject) => {
    const cancel = after(seconds, () => {
      abort.abort();
      reject(new Error(`no answer within ${seconds} seconds`));
    });
    fetch(abort.signal).then(resolve, reject).finally(cancel);
  });
}

/** A promise that resolves once `open` is called. */
function latch() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

const platformTimer: After = (seconds, act) => {
  const timer = setTimeout(act, seconds * 1000);
  return () => clearTimeout(timer);
};

function cached<F extends FlagStates>({ cache }: FlagStoreDeps<F>): Partial<F> | undefined {
  try {
    return cache?.read();
  } catch {
    // Storage may be full, broken or forbidden; the server is asked anyway.
    return undefined;
  }
}

function remember<F extends FlagStates>({ cache }: FlagStoreDeps<F>, flags: F): void {
  try {
    cache?.write(flags);
  } catch {
    // As in `cached`.
  }
}
