import type { features, Flags, FlagSet } from "@beq/flags";
import type { Logger } from "@beq/telemetry";
import { check, type Checked } from "./check.ts";
import { createFormer, type Former } from "./conflict.ts";
import type { Broken, Ground, Layered, Layers } from "./layers.ts";
import { nameOf } from "./references.ts";
import { after, empty, type State, storedOf } from "./stored.ts";
import type { Committed, Edit, Layer, Stored } from "./wire.ts";

/** `committedAt`: this process's epoch milliseconds, as far as it knows; `local`: this process made the change. */
export type Timing = { committedAt: number; local: boolean };

export type Listener = (committed: Committed, timing: Timing) => void;

/** What is in force in this process. */
export type View = Layered & {
  layer: (key: string) => Layer;
  code: FlagSet;
  environment: FlagSet;
  ground: Ground;
};

/** The flags of one process: what is saved, over its ground, compiled. Nothing here waits. */
export type Memory = {
  state(): State;
  stored(): Stored;
  view(): View;
  former: Former;
  check(edits: readonly Edit[]): Checked;
  /** Puts changes in force that follow the state without a gap, and tells of each. `isJudged`: they were checked here. */
  admit(changes: readonly Committed[], timing: (committed: Committed) => Timing, isJudged?: boolean): void;
  /** Puts a whole state in force. */
  restore(state: State): void;
  /** Puts other flags under the saved ones; returns the keys that changed. */
  surround(ground: Ground): readonly string[];
  subscribe(listener: Listener): () => void;
};

export type MemoryDeps = {
  flags: Pick<Flags<typeof features>, "replace">;
  layers: Layers;
  ground: Ground;
  logger: Pick<Logger, "info" | "warn" | "error">;
};

const mostLogged = 20;

export function createMemory({ flags, layers, logger, ...deps }: MemoryDeps): Memory {
  const former = createFormer();
  const listeners = new Set<Listener>();
  let ground = deps.ground;
  let state: State = empty;
  let stored = storedOf(state);
  let layered: Layered = { set: ground.environment, broken: [] };

  const put = (next: State, settled: Layered): readonly string[] => {
    for (const { kind, key, problems } of news(settled.broken, layered.broken))
      logger.error("A saved item is not in force: it is not sound", { kind, key, problems });
    state = next;
    stored = storedOf(next);
    layered = settled;
    return flags.replace(settled.set);
  };

  /** Looks only at what the changes touch, unless something was broken, which they may have mended. */
  const settle = (next: State, changes: readonly Committed[], isJudged: boolean): Layered => {
    const set = layers.draft(ground, next);
    if (isJudged && layered.broken.length === 0) return { set, broken: [] };
    const touched = new Set(changes.flatMap(({ edits }) => edits.map(({ kind, key }) => nameOf(kind, key))));
    const isSound = layered.broken.length === 0 && layers.judge(set, touched).sound !== null;
    return isSound ? { set, broken: [] } : layers.settle(ground, next);
  };

  const tell: Listener = (committed, timing) => {
    for (const listener of Array.from(listeners)) {
      try {
        listener(committed, timing);
      } catch (error) {
        logger.error("A listener to flag changes failed", { error });
      }
    }
  };

  return {
    state: () => state,
    stored: () => stored,
    view: () => ({
      ...layered,
      layer: (key) => layers.layerOf(ground, layered.set, key),
      code: ground.code,
      environment: ground.environment,
      ground,
    }),
    former,
    check: (edits) => check(edits, { ground, state, layered, former, layers }),

    admit(changes, timing, isJudged = false) {
      if (changes.length === 0) return;
      for (const { kind, key, before, before_version: version } of changes.flatMap(({ edits }) => edits))
        if (before !== null) former.remember(kind, key, version, before);

      const next = changes.reduce(after, state);
      const keys = put(next, settle(next, changes, isJudged));
      const told = { flags: keys.slice(0, mostLogged), count: keys.length, flag_set_version: next.version };
      logger.info("Flags changed", told);
      for (const committed of changes) tell(committed, timing(committed));
    },

    restore: (next) => void put(next, layers.settle(ground, next)),

    surround(next) {
      ground = next;
      return put(state, layers.settle(ground, state));
    },

    subscribe(listener) {
      const entry: Listener = (committed, timing) => listener(committed, timing);
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
  };
}

function news(broken: readonly Broken[], known: readonly Broken[]): Broken[] {
  return broken.filter(({ kind, key }) => !known.some((one) => one.kind === kind && one.key === key));
}
