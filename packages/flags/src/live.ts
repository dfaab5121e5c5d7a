import { createAsking, own, type Asking, type Source } from "./asking.ts";
import { compile, type Compiled } from "./compile.ts";
import type { IdSets } from "./condition.ts";
import { forcing, type ForcedVariants } from "./forced.ts";
import type { EvaluationContext, FlagSet, Reason, Resolution } from "./model.ts";
import type { Foreign } from "./foreign.ts";
import type { PatternEngine } from "./operator.ts";
import { addCounts, failed, type AnswerCount } from "./outcome.ts";
import { changedKeys } from "./reads.ts";
import { accepts, type Registry } from "./registry.ts";
import { trace, type Trace } from "./trace.ts";

/** One value that was really asked for. */
export interface Evaluation {
  readonly key: string;
  readonly variant: string | undefined;
  readonly reason: Reason;
  readonly userId: string | undefined;
}

/** What `subscribe` reports after flags were replaced. */
export interface Change {
  /** The live object's version after the change. */
  readonly version: number;
  /** The flags whose definition changed, by themselves or through a segment or a requirement; sorted. */
  readonly keys: readonly string[];
}

/** What `createFlags` is made of: the declared flags, the set in force at first, and what that set may need. */
export interface FlagsDeps<R extends Registry> {
  readonly registry: R;
  readonly flagSet: FlagSet;
  readonly patterns?: PatternEngine | undefined;
  /** Needed by flags that came from other systems (`@beq/flags/foreign`). */
  readonly foreign?: Foreign | undefined;
  /** Called after each evaluation of a value, not for statuses, traces and forced variants, which expose nobody. */
  readonly onEvaluate?: ((evaluation: Evaluation) => void) | undefined;
  /** Told what a listener threw; an evaluation or a change goes on regardless. */
  readonly onFault?: ((error: unknown) => void) | undefined;
}

/** The flags in force, typed by a registry; nothing here throws or waits. */
export interface Flags<R extends Registry> extends Asking<R> {
  /** Starts at 1, grows with every change. */
  readonly version: number;
  readonly flagSet: FlagSet;
  /** Why a flag answers what it does, in words. */
  trace(key: string, context: EvaluationContext): Trace;
  /**
   * The same flags with some variants forced, for one request of a tester. A forced answer has the reason
   * `TARGETING_MATCH` and the rule `override`, wins over the kill switch, and is not reported; unknown names are ignored.
   */
  forced(variants: ForcedVariants): Asking<R>;
  /** How often each flag answered what since this was last called; for metrics and exposures in aggregate. */
  takeCounts(): AnswerCount[];
  /** Puts another set in force and returns the keys that changed; listeners hear of it only when some did. */
  replace(flagSet: FlagSet): readonly string[];
  subscribe(listener: (change: Change) => void): () => void;
}

/** Makes the live flags of one process. */
export function createFlags<R extends Registry>(deps: FlagsDeps<R>): Flags<R> {
  const { registry, patterns, foreign, onEvaluate, onFault } = deps;
  const listeners = new Set<(change: Change) => void>();
  const idSets: IdSets = new WeakMap();
  let flagSet = deps.flagSet;
  let compiled = sound(compile(flagSet, { patterns, foreign, idSets }), registry, flagSet);
  let version = 1;
  let counted: AnswerCount[] = [];

  const attempt = (act: () => void) => {
    try {
      act();
    } catch (error) {
      onFault?.(error);
    }
  };
  const report = (key: string, { variant, reason }: Resolution, context: EvaluationContext) => {
    if (onEvaluate) attempt(() => onEvaluate({ key, variant, reason, userId: userOf(context) }));
  };
  const source: Source = {
    flagSet: () => flagSet,
    keys: () => compiled.keys,
    peek: (key, context) => compiled.peek(key, context),
    peekAll: (context) => compiled.resolveAll(context),
    resolve: (key, context) => {
      const answer = compiled.resolve(key, context);
      report(key, answer, context);
      return answer;
    },
  };

  const asking = createAsking(registry, source);
  return {
    ...asking,
    get keys() {
      return asking.keys;
    },
    get version() {
      return version;
    },
    get flagSet() {
      return flagSet;
    },
    trace: (key, context) => trace(flagSet, key, context, { patterns, foreign }),
    forced: (variants) => createAsking(registry, forcing(source, variants)),
    takeCounts: () => {
      const taken = addCounts([...counted, ...compiled.takeCounts()]);
      counted = [];
      return taken;
    },
    replace: (next) => {
      const keys = changedKeys(flagSet, next);
      flagSet = next;
      if (keys.length === 0) return keys;

      // What the former set counted is not lost with it.
      counted = addCounts([...counted, ...compiled.takeCounts()]);
      compiled = sound(compile(next, { patterns, foreign, idSets }), registry, next);
      version += 1;
      const change = { version, keys };
      for (const listener of Array.from(listeners)) attempt(() => listener(change));
      return keys;
    },
    subscribe: (listener) => {
      // Its own entry, so that the same function subscribed twice is heard, and let go, twice.
      const entry = (change: Change) => listener(change);
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
  };
}

function userOf(context: EvaluationContext): string | undefined {
  return typeof context.targetingKey === "string" ? context.targetingKey : undefined;
}

type Answering = Omit<Compiled, "value">;

/** Puts declared flags that could serve a value of another type in error, once, so that no call has to check. */
function sound(compiled: Compiled, registry: Registry, set: FlagSet): Answering {
  const wrong = new Map<string, Resolution>();
  for (const [key, definition] of Object.entries(registry)) {
    const flag = own(set.flags, key);
    const bad = flag && Object.entries(flag.variants).find(([, value]) => !accepts(definition, value));
    if (bad) wrong.set(key, failed("TYPE_MISMATCH", `variant '${bad[0]}' of '${key}' is not what the code declares`));
  }
  if (wrong.size === 0) return compiled;

  const { keys, takeCounts } = compiled;
  return {
    keys,
    takeCounts,
    resolve: (key, context) => wrong.get(key) ?? compiled.resolve(key, context),
    peek: (key, context) => wrong.get(key) ?? compiled.peek(key, context),
    resolveAll: (context) =>
      compiled.resolveAll(context).map((answer, index) => wrong.get(keys[index] ?? "") ?? answer),
  };
}
