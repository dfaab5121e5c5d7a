import type { ErrorCode, EvaluationContext, FlagSet, FlagValue, Resolution, Served } from "./model.ts";
import { defaultFlag, type Definition, type KeyOf, type Registry, type ValueOf } from "./registry.ts";
import { statusOf, type Status } from "./status.ts";

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

/** The questions that a registry types; none of them throws or waits. */
export interface Asking<R extends Registry> {
  isEnabled(key: KeyOf<R, "boolean">, userId?: string): boolean;
  value<K extends KeyOf<R>>(key: K, context: EvaluationContext): ValueOf<R[K]>;
  /** With reason; a stored flag whose type is not the registry's answers the default, `TYPE_MISMATCH`. */
  resolve<K extends KeyOf<R>>(key: K, context: EvaluationContext): Answer<ValueOf<R[K]>>;
  /** For keys known only at run time; an unknown one answers `FLAG_NOT_FOUND`. */
  lookup(key: string, context: EvaluationContext): Resolution;
  /** The keys of all flags in force, those that the code does not declare included; the same array until a change. */
  readonly keys: readonly string[];
  /** As `lookup`, for a look that is no use of the flag: neither counted nor reported. */
  peek(key: string, context: EvaluationContext): Resolution;
  /**
   * The answers of all flags, in the order of `keys`; neither counted nor reported. The objects are shared and frozen:
   * nothing but the array is made for a call, and what is derived from an answer may be kept by its identity.
   */
  peekAll(context: EvaluationContext): readonly Resolution[];
  /** Undefined for a key that is neither declared nor stored. */
  status(key: string, context: EvaluationContext): Status | undefined;
  /** Of every declared flag. */
  statuses(context: EvaluationContext): { readonly [K in KeyOf<R>]: Status };
}

/** Where answers come from. */
export interface Source {
  /** An answer that is used, and may be counted. */
  resolve(key: string, context: EvaluationContext): Resolution;
  /** The same answer, looked at only. */
  peek(key: string, context: EvaluationContext): Resolution;
  /** All of them looked at, in the order of `keys`. */
  peekAll(context: EvaluationContext): Resolution[];
  keys(): readonly string[];
  flagSet(): FlagSet;
}

/** Types the answers of a source, and fills in what it leaves out. */
export function createAsking<R extends Registry>(registry: R, source: Source): Asking<R> {
  const answer = (key: string, context: EvaluationContext) => settled(source.resolve(key, context), own(registry, key));
  const status = (key: string, context: EvaluationContext): Status | undefined => {
    const set = source.flagSet();
    const definition = own(registry, key);
    const flag = own(set.flags, key) ?? (definition && defaultFlag(definition));
    return flag && statusOf(set, flag, settled(source.peek(key, context), definition));
  };

  return {
    isEnabled: (key, userId) => answer(key, { targetingKey: userId }).value === true,
    value: <K extends KeyOf<R>>(key: K, context: EvaluationContext) => typed<ValueOf<R[K]>>(answer(key, context)).value,
    resolve: (key, context) => typed(answer(key, context)),
    lookup: source.resolve,
    get keys() {
      return source.keys();
    },
    peek: source.peek,
    peekAll: source.peekAll,
    status,
    statuses: (context) => statusesOf(registry, (key) => status(key, context)),
  };
}

/** A member that is the object's own, whatever name comes from outside. */
export function own<T>(record: { readonly [key: string]: T }, key: string): T | undefined {
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
