import {
  createContext,
  use,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useSyncExternalStore,
  type ReactNode,
} from "react";
import type { FlagState, FlagStates, FlagStore } from "./store.ts";

/** Hears that a component has rendered a flag's state; `createExposures` makes one. */
export type OnExposure = (key: string, state: FlagState) => void;

/** All flags, for a component that shows them. */
export interface FlagsView<F extends FlagStates> {
  readonly flags: Partial<F>;
  readonly isLoading: boolean;
  readonly error: Error | null;
  refreshFlags(): Promise<void>;
  /** False while loading and for a flag that is not known. */
  isEnabled(key: keyof F & string): boolean;
}

interface Provided<F extends FlagStates> {
  readonly store: FlagStore<F>;
  readonly onExposure: OnExposure | undefined;
}

/** What a `FlagProvider` takes: the store that the hooks below it read, and who hears of what they rendered. */
export interface FlagProviderProps<F extends FlagStates> {
  readonly store: FlagStore<F>;
  readonly onExposure?: OnExposure | undefined;
  readonly children?: ReactNode;
}

/** The provider and the hooks for one set of flag keys. The hooks throw an Error outside their provider. */
export interface FlagHooks<F extends FlagStates> {
  /** Gives a store to the components within it. */
  FlagProvider(props: FlagProviderProps<F>): ReactNode;
  /** One flag's state; undefined until it is known. Renders again only when this flag changes. */
  useFlag<K extends keyof F & string>(key: K): F[K] | undefined;
  /** As `useFlag`, suspending until loading is over; undefined then means that the flag could not be had. */
  useFlagSuspense<K extends keyof F & string>(key: K): F[K] | undefined;
  /** All flags and the state of the connection. Renders again when any of them changes. */
  useFlags(): FlagsView<F>;
}

/** Makes the provider and the hooks for one set of flag keys, so that a misspelt key does not compile. */
export function createFlagHooks<F extends FlagStates>(): FlagHooks<F> {
  const Flags = createContext<Provided<F> | undefined>(undefined);

  function FlagProvider({ store, onExposure, children }: FlagProviderProps<F>) {
    const provided = useMemo(() => ({ store, onExposure }), [store, onExposure]);
    return <Flags value={provided}>{children}</Flags>;
  }

  function useProvided(): Provided<F> {
    const provided = useContext(Flags);
    if (!provided) throw new Error("flags are read outside of their FlagProvider");
    return provided;
  }

  function useFlag<K extends keyof F & string>(key: K): F[K] | undefined {
    const { store, onExposure } = useProvided();
    const read = () => store.getSnapshot().flags[key];
    const state = useSyncExternalStore(store.subscribe, read, read);
    useEffect(() => {
      if (state) onExposure?.(key, state);
    }, [key, state, onExposure]);
    return state;
  }

  function useFlagSuspense<K extends keyof F & string>(key: K): F[K] | undefined {
    const { store } = useProvided();
    if (store.getSnapshot().isLoading) use(store.ready());
    return useFlag(key);
  }

  function useFlags(): FlagsView<F> {
    const { store, onExposure } = useProvided();
    const { flags, isLoading, error } = useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot);
    const isEnabled = useCallback(
      (key: keyof F & string) => {
        const state = flags[key];
        // Looking at a table of all flags uses none; asking for one does.
        if (state) onExposure?.(key, state);
        return !isLoading && state?.enabled === true;
      },
      [flags, isLoading, onExposure],
    );
    return useMemo(
      () => ({ flags, isLoading, error, refreshFlags: store.refresh, isEnabled }),
      [flags, isLoading, error, store, isEnabled],
    );
  }

  return { FlagProvider, useFlag, useFlagSuspense, useFlags };
}
