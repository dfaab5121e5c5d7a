import type { Flag, FlagSet, FlagType, FlagValue, Json } from "./model.ts";

/** The part of Standard Schema (https://standardschema.dev) that types and checks a payload; zod schemas have it. */
export interface PayloadSchema<V> {
  readonly "~standard": {
    readonly validate: (value: unknown) => { readonly issues?: readonly unknown[] | undefined } | Promise<unknown>;
    readonly types?: { readonly output: V } | undefined;
  };
}

/** What every flag has for people. */
export interface Labelled {
  /** What people call it, as in "Schedule optimization feature is not enabled for this user". */
  readonly name: string;
  readonly description: string;
}

/** One flag as code declares it: `default` is the answer while nobody has said anything else. */
export type Definition =
  | (Labelled & { readonly type: "boolean"; readonly default: boolean })
  | (Labelled & {
      readonly type: "string";
      readonly default: string;
      /** The values that the code can handle; they make the value's type. */
      readonly values?: readonly string[] | undefined;
    })
  | (Labelled & { readonly type: "number"; readonly default: number })
  | (Labelled & {
      readonly type: "json";
      readonly default: Json;
      readonly schema?: PayloadSchema<unknown> | undefined;
    });

/** The flags that code declares, by key in snake_case; `defineFlags` makes one. */
export type Registry = { readonly [key: string]: Definition };

/** The type of a definition's value: a payload's schema and a string's `values` say more than `type` does. */
export type ValueOf<D extends Definition> = D extends { readonly type: "boolean" }
  ? boolean
  : D extends { readonly type: "number" }
    ? number
    : D extends { readonly type: "string" }
      ? D extends { readonly values: readonly (infer V)[] }
        ? V
        : string
      : D extends { readonly schema: PayloadSchema<infer V> }
        ? V
        : Json;

/** The keys of a registry, all or those of one type. */
export type KeyOf<R extends Registry, T extends FlagType = FlagType> = {
  [K in keyof R & string]: R[K] extends { readonly type: T } ? K : never;
}[keyof R & string];

/**
 * Declares the flags that code asks for, once; keys and value types flow from here. Throws an Error when a key could
 * not be spelt as an environment variable or a default is not among a flag's own values.
 */
export function defineFlags<const R extends Registry>(definitions: R): R {
  for (const [key, definition] of Object.entries<Definition>(definitions)) {
    if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(key)) throw new Error(`flag key '${key}' is not in snake_case`);
    if (!accepts(definition, definition.default))
      throw new Error(`the default of flag '${key}' is not one of its values`);
  }
  return Object.freeze(definitions);
}

/** Whether a value is one that the definition's type promises. */
export function accepts(definition: Definition, value: FlagValue | undefined): boolean {
  if (value === undefined) return false;
  if (definition.type !== "json") {
    if (typeof value !== definition.type) return false;
    return definition.type !== "string" || !definition.values || definition.values.some((one) => one === value);
  }
  if (!definition.schema) return true;

  const result = definition.schema["~standard"].validate(value);
  return !(result instanceof Promise) && result.issues === undefined;
}

/** The flag of a definition that nobody has changed: its default for everybody. */
export function defaultFlag(definition: Definition): Flag {
  const isBoolean = definition.type === "boolean";
  return {
    description: definition.description,
    type: definition.type,
    enabled: definition.default !== false,
    variants: isBoolean ? { on: true, off: false } : { default: definition.default },
    off: isBoolean ? "off" : "default",
    requires: [],
    rules: [],
    otherwise: { variant: isBoolean ? "on" : "default" },
    bucketing: { algorithm: "flagd-v2" },
    owner: "",
    tags: [],
    lifetime: "permanent",
    version: 1,
  };
}

/** The set of a registry's defaults: the lowest layer. */
export function defaults(registry: Registry): FlagSet {
  const flags = Object.entries(registry).map(([key, definition]) => [key, defaultFlag(definition)] as const);
  return { version: 1, flags: Object.fromEntries(flags), segments: {} };
}

/** A higher layer over a lower one: its flags and segments win by key, its version is kept. */
export function overlay(lower: FlagSet, upper: FlagSet): FlagSet {
  return {
    version: upper.version,
    flags: { ...lower.flags, ...upper.flags },
    segments: { ...lower.segments, ...upper.segments },
  };
}
