/** Any JSON value; what a variant of a `json` flag may hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** What a flag can answer. The flag's `type` says which of these every variant is. */
export type FlagValue = Json;

/** A single comparable value. */
export type Scalar = string | number | boolean;

/**
 * Who or what is asking: `targetingKey` is the user's id, every other member an attribute that conditions may read.
 * An attribute written `/address/country` in a condition is a JSON pointer (RFC 6901) into nested values.
 */
export interface EvaluationContext {
  readonly targetingKey?: string | undefined;
  readonly [attribute: string]: unknown;
}

/** Whose rules a comparison follows where they are not ours, such as what a text compared with a number means. */
export type Dialect = "json-logic" | "growthbook" | "unleash" | "launchdarkly" | "flagsmith";

/** What a comparison looks at. */
export interface Subject {
  readonly attribute: string;
  /** Only of imported flags, so that they answer as in their former system. */
  readonly dialect?: Dialect | undefined;
}

/** Ids or texts compared with `ignore_case` are compared in lower case, without regard to a locale. */
export interface Texts extends Subject {
  readonly ignore_case?: boolean | undefined;
}

/** Comparisons of numbers. */
export type NumberOp = "less" | "at_most" | "greater" | "at_least";
/** Comparisons of a text with parts of it. */
export type TextOp = "contains" | "starts_with" | "ends_with";
/** Comparisons of moments. */
export type DateOp = "before" | "after";
/** Questions about a list. */
export type ListOp = "has_any" | "has_all";
/** Comparisons of versions. The last two read like `^` and `~`: the same major version, the same major and minor version. */
export type VersionOp =
  | "semver_equals"
  | "semver_less"
  | "semver_at_most"
  | "semver_greater"
  | "semver_at_least"
  | "semver_same_major"
  | "semver_same_minor";

/**
 * One attribute against constants. A missing attribute or one of another type never matches, so `not` of a comparison
 * is true for it; say `present` as well where that is not meant.
 *
 * - `equals`, `one_of`: same type and value.
 * - `less` … `at_least`: a number. (In some dialects also a text.)
 * - `contains`, `starts_with`, `ends_with`: a text, against any of `values`.
 * - `matches`: a text of at most 10,000 characters in which the RE2 `pattern` is found; linear time whatever the pattern.
 * - `before`, `after`: an ISO 8601 text (UTC unless it carries an offset), a Date, or milliseconds since 1970.
 *   Put the present moment into the context to compare with it: the engine has no clock.
 * - `semver_*`: Semantic Versioning 2.0 with an optional leading `v`; `1` and `1.2` are read as `1.0.0` and `1.2.0`.
 * - `in_network`: an IPv4 or IPv6 address, within any of the CIDR networks.
 * - `present`: the attribute exists and is not null.
 * - `has_any`, `has_all`: a list that has any, or all, of `values`.
 * - `in_share`: an id that falls into a share of everybody.
 *
 * A comparison with a `dialect` means what it means there; the engine must be given that dialect.
 */
export type Comparison =
  | (Texts & { readonly op: "equals"; readonly value: Scalar })
  | (Texts & { readonly op: "one_of"; readonly values: readonly Scalar[] })
  | (Subject & { readonly op: NumberOp; readonly value: number | string })
  | (Texts & { readonly op: TextOp; readonly values: readonly string[] })
  | (Texts & { readonly op: "matches"; readonly pattern: string })
  | (Subject & { readonly op: DateOp; readonly value: string })
  | (Subject & { readonly op: VersionOp; readonly value: string })
  | (Subject & { readonly op: "in_network"; readonly values: readonly string[] })
  | (Subject & { readonly op: "present" })
  | (Texts & { readonly op: ListOp; readonly values: readonly Scalar[] })
  | (Subject & Share & { readonly op: "in_share" });

/** The ids whose bucket, one of `of`, is within one of the ranges; each is half-open: `[from, to]` without `to`. */
export interface Share {
  readonly algorithm: Algorithm;
  readonly salt: string;
  readonly of: number;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** A comparison of an attribute's value with constants; the other kind asks where an id falls. */
export type Plain = Exclude<Comparison, { readonly op: "in_share" }>;

/** A question about a context. `{ "all": [] }` is always true, `{ "any": [] }` never; a requirement asks another flag. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly segment: string }
  | Requirement
  | Comparison;

/** A named group of contexts: a condition, or a list of ids looked up in constant time. `by`: default `targetingKey`. */
export type Segment =
  | { readonly description?: string | undefined; readonly when: Condition }
  | {
      readonly description?: string | undefined;
      readonly ids: readonly string[];
      readonly by?: string | undefined;
    };

/** One variant's part of a split. */
export interface Weight {
  readonly variant: string;
  /** A whole number; the share is `weight` of the sum of weights, so any granularity down to 1 / 2^31 can be had. */
  readonly weight: number;
}

/** Shares of an audience. The same id always falls at the same place; a share that grows keeps those it had. */
export interface Split {
  /** The attribute whose value is the id; default `targetingKey`. */
  readonly by?: string | undefined;
  /** Replaces the flag's salt for this split, which makes it independent of the flag's other splits. */
  readonly salt?: string | undefined;
  /** Replaces the flag's algorithm for this split. */
  readonly algorithm?: Algorithm | undefined;
  readonly weights: readonly Weight[];
}

/** What is answered: one variant, a weighted split, or what the flag answers when it is off. */
export type Serve = { readonly variant: string } | { readonly split: Split } | { readonly off: true };

/** The first rule whose condition holds decides. */
export interface Rule {
  readonly id: string;
  readonly description?: string | undefined;
  readonly when: Condition;
  readonly serve: Serve;
}

/** Met when the other flag is on (not `DISABLED`, not in error) and serves one of `variants` to the same context. */
export interface Requirement {
  readonly flag: string;
  readonly variants: readonly string[];
}

/** How other systems place ids; the engine must be given them. Their formulas: `exchange/buckets.ts`. */
export type ForeignAlgorithm =
  | "growthbook-v1"
  | "growthbook-v2"
  | "unleash-rollout"
  | "unleash-rollout-default"
  | "unleash-variant"
  | "unleash-variant-default"
  | "launchdarkly"
  | "flagsmith";

/** A named way to place ids. */
export type Algorithm = "flagd-v2" | ForeignAlgorithm;

/**
 * How ids become shares; named per flag so that a flag from another system keeps its users' variants.
 * `flagd-v2`: floor(murmur3_x86_32(utf8(salt + id)) × sum of weights / 2^32), the salt being the flag's key unless set.
 */
export interface Bucketing {
  readonly algorithm: Algorithm;
  readonly salt?: string | undefined;
}

/** What all of a flag's variants are; `json` is any JSON value, checked against the flag's `schema` where it has one. */
export type FlagType = "boolean" | "string" | "number" | "json";

/** One flag as stored: what it can answer, to whom (the first rule that holds, else `otherwise`), and whose it is. */
export interface Flag {
  readonly description: string;
  readonly type: FlagType;
  /** For `json`: a JSON Schema that every variant's value satisfies. */
  readonly schema?: { readonly [name: string]: Json } | undefined;
  /** The kill switch: false serves `off` to everybody. */
  readonly enabled: boolean;
  readonly variants: { readonly [name: string]: FlagValue };
  /** The variant served when the flag is disabled, a requirement is unmet or a split has no id; null: no value. */
  readonly off: string | null;
  readonly requires: readonly Requirement[];
  readonly rules: readonly Rule[];
  readonly otherwise: Serve;
  readonly bucketing: Bucketing;
  readonly owner: string;
  readonly tags: readonly string[];
  readonly lifetime: "temporary" | "permanent";
  readonly version: number;
}

/** The one document that is stored, shown, exported and evaluated. */
export interface FlagSet {
  readonly version: number;
  readonly flags: { readonly [key: string]: Flag };
  readonly segments: { readonly [name: string]: Segment };
}

/** OpenFeature's words for why a value was answered. */
export type Reason = "STATIC" | "TARGETING_MATCH" | "SPLIT" | "DEFAULT" | "DISABLED" | "ERROR";

/** OpenFeature's error codes, those that an evaluation in process can meet. */
export type ErrorCode = "FLAG_NOT_FOUND" | "PARSE_ERROR" | "TYPE_MISMATCH" | "GENERAL";

/** A variant was answered. `rule` is the id of the rule that decided, where one did. */
export interface Served<V = FlagValue> {
  readonly value: V;
  readonly variant: string;
  readonly reason: Exclude<Reason, "ERROR">;
  readonly rule?: string | undefined;
}

/** The flag has no `off` variant and nothing else to say: the code's own default applies. */
export interface Unserved {
  readonly value?: undefined;
  readonly variant?: undefined;
  readonly reason: "DEFAULT" | "DISABLED";
  readonly rule?: string | undefined;
}

/** No answer could be made, and why: the code's own default applies. */
export interface Failed {
  readonly value?: undefined;
  readonly variant?: undefined;
  readonly reason: "ERROR";
  readonly errorCode: ErrorCode;
  readonly errorMessage: string;
}

/** The answer of an evaluation, with its reason. */
export type Resolution<V = FlagValue> = Served<V> | Unserved | Failed;
