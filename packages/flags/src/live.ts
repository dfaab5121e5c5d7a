import { compile, failed, type Compiled } from "./compile.ts";
import type { ErrorCode, EvaluationContext, FlagSet, FlagValue, Reason, Resolution, Served } from "./model.ts";
import type { PatternEngine } from "./operator.ts";
import { changedKeys } from "./reads.ts";
import { accepts, defaultFlag, type Definition, type KeyOf, type Registry, type ValueOf } from "./registry.ts";
import { statusOf, type Status } from "./status.ts";
import { trace, type Trace } from "./trace.ts";

/** An answer that always has a value: where the flag gave none, the registry's default. */
export type Answer<V> =
  | Served<V>
  | {
      readonly value: V;
      readonly variant?: undefined;
      readonly reason: "DEFAULT" | "DISABLED" | "ERROR";
      readonly rule?: string | undefined;
      readonly errorCode?: ErrorCode | undefined;
      readonly errorMessage?: string | undefined;
    };

/** One value that was really asked for. */
export interface Evaluation {
  readonly key: string;
  readonly variant: string | undefined;
  readonly reason: Reason;
  readonly userId: string | undefined;
}

export interface Change {
  /** The live object's version after the change. */
  readonly version: number;
  /** The flags whose definition changed, by themselves or through a segment or a requirement; sorted. */
  readonly keys: readonly string[];
}

export interface FlagsDeps<R extends Registry> {
  readonly registry: R;
  readonly flagSet: FlagSet;
  readonly patterns?: PatternEngine | undefined;
  /** Called after each evaluation of a value, not for statuses and traces, which use nothing. */
  readonly onEvaluate?: ((evaluation: Evaluation) => void) | undefined;
  /** Told what a listener threw; an evaluation or a change goes on regardless. */
  readonly onFault?: ((error: unknown) => void) | undefined;
}

/** The flags in force, typed by a registry; nothing here throws or waits. */
export interface Flags<R extends Registry> {
  /** Starts at 1, grows with every change. */
  readonly version: number;
  readonly flagSet: FlagSet;
  isEnabled(key: KeyOf<R, "boolean">, userId?: string): boolean;
  value<K extends KeyOf<R>>(key: K, context: EvaluationContext): ValueOf<R[K]>;
  /** With reason; a stored flag whose type is not the registry's answers the default, `TYPE_MISMATCH`. */
  resolve<K extends KeyOf<R>>(key: K, context: EvaluationContext): Answer<ValueOf<R[K]>>;
  /** For keys known only at run time; an unknown one answers `FLAG_NOT_FOUND`. */
  lookup(key: string, context: EvaluationContext): Resolution;
  /** Undefined for a key that is neither declared nor stored. */
  status(key: string, context: EvaluationContext): Status | undefined;
  /** Of every declared flag. */
  statuses(context: EvaluationContext): { readonly [K in KeyOf<R>]: Status };
  /** Why a flag answers what it does, in words. */
  trace(key: string, context: EvaluationContext): Trace;
  /** Puts another set in force and returns the keys that changed; listeners hear of it only when some did. */
  replace(flagSet: FlagSet): readonly string[];
  subscribe(listener: (change: Change) => void): () => void;
}

/** Makes the live flags of one process. */
export function createFlags<R extends Registry>(deps: FlagsDeps<R>): Flags<R> {
  const { registry, patterns, onEvaluate, onFault } = deps;
  const listeners = new Set<(change: Change) => void>();
  let flagSet = deps.flagSet;
  let compiled = checked(compile(flagSet, { patterns }), registry, flagSet);
  let version = 1;

  const attempt = (act: () => void) => {
    try {
      act();
    } catch (error) {
      onFault?.(error);
    }
  };
  const report = (key: string, answer: Resolution, context: EvaluationContext) => {
    if (onEvaluate)
      attempt(() =>
        onEvaluate({
          key,
          variant: answer.variant,
          reason: answer.reason,
          userId: userOf(context),
        }),
      );
    return answer;
  };
  const answer = (key: string, context: EvaluationContext): Answer<FlagValue> =>
    settled(report(key, compiled.resolve(key, context), context), own(registry, key));
  const status = (key: string, context: EvaluationContext): Status | undefined => {
    const definition = own(registry, key);
    const flag = own(flagSet.flags, key) ?? (definition && defaultFlag(definition));
    return flag && statusOf(flagSet, flag, settled(compiled.resolve(key, context), definition));
  };

  return {
    get version() {
      return version;
    },
    get flagSet() {
      return flagSet;
    },
    isEnabled: (key, userId) => answer(key, { targetingKey: userId }).value === true,
    value: <K extends KeyOf<R>>(key: K, context: EvaluationContext) => typed<ValueOf<R[K]>>(answer(key, context)).value,
    resolve: (key, context) => typed(answer(key, context)),
    lookup: (key, context) => report(key, compiled.resolve(key, context), context),
    status,
    statuses: (context) => statusesOf(registry, (key) => status(key, context)),
    trace: (key, context) => trace(flagSet, key, context, { patterns }),
    replace: (next) => {
      const keys = changedKeys(flagSet, next);
      flagSet = next;
      if (keys.length === 0) return keys;

      compiled = checked(compile(next, { patterns }), registry, next);
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

function own<T>(record: { readonly [key: string]: T }, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** An answer without a value gets the code's default, except that the kill switch of an on/off flag means off. */
function settled(found: Resolution, definition: Definition | undefined): Answer<FlagValue> {
  if (found.variant !== undefined) return found;
  const isKilled = found.reason === "DISABLED" && definition?.type === "boolean";
  return { ...found, value: isKilled ? false : (definition?.default ?? null) };
}

function statusesOf<R extends Registry>(registry: R, status: (key: string) => Status | undefined) {
  const entries = Object.keys(registry).map((key) => [key, status(key)]);
  // The keys are the registry's own, and a declared flag always has a status.
  return Object.fromEntries(entries) as { readonly [K in KeyOf<R>]: Status };
}

/** Values were checked against the registry when their set was put in force, so that they have its type. */
function typed<V>(answer: Answer<FlagValue>): Answer<V> {
  return answer as Answer<V>;
}

/** Puts declared flags that could serve a value of another type in error, once, so that no call has to check. */
function checked(compiled: Compiled, registry: Registry, set: FlagSet): Compiled {
  const wrong = new Map<string, Resolution>();
  for (const [key, definition] of Object.entries(registry)) {
    const flag = own(set.flags, key);
    const bad = flag && Object.entries(flag.variants).find(([, value]) => !accepts(definition, value));
    if (bad) wrong.set(key, failed("TYPE_MISMATCH", `variant '${bad[0]}' of '${key}' is not what the code declares`));
  }
  if (wrong.size === 0) return compiled;

  const resolve: Compiled["resolve"] = (key, context) => wrong.get(key) ?? compiled.resolve(key, context);
  return {
    resolve,
    value: (key, context) => resolve(key, context).value,
    resolveAll: (context) =>
      new Map([...compiled.resolveAll(context)].map(([key, one]) => [key, wrong.get(key) ?? one])),
    has: compiled.has,
  };
}
