import { z } from "zod";
import { parseNetwork } from "./network.ts";
import { instant } from "./instant.ts";
import type {
  Condition as ConditionType,
  Flag as FlagType,
  Segment as SegmentType,
  Serve as ServeType,
} from "./model.ts";
import { parseVersion } from "./semver.ts";

const MAX_IDS = 100_000;
const MAX_TOTAL_WEIGHT = 2 ** 31 - 1;

/** Names of flags, variants, segments and rules: anything that can be shown on one line. */
const Name = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => name !== "__proto__" && !/\p{Cc}/u.test(name), "must be a printable name");

const Attribute = z.string().min(1).max(200);
const Scalar = z.union([z.string().max(2000), z.number(), z.boolean()]);
const Scalars = z.array(Scalar).max(MAX_IDS);
const Texts = z.array(z.string().max(2000)).max(10_000);
const ignoreCase = { ignore_case: z.boolean().optional() };

const text = (isValid: (value: string) => boolean, expected: string) =>
  z.string().max(2000).refine(isValid, `expected ${expected}`);

const Network = text((value) => parseNetwork(value) !== undefined, "an IP network such as 10.0.0.0/8");
const Moment = text((value) => !Number.isNaN(instant(value)), "an ISO 8601 date such as 2026-03-01T09:00:00Z");
const SemanticVersion = text((value) => parseVersion(value) !== undefined, "a version such as 1.2.3");

/** The shape that a member of the value points to, so that a fault is reported within the shape that was meant. */
function chosen<T>(shapeOf: (value: unknown) => z.ZodType): z.ZodType<T> {
  return z.unknown().transform((value, report) => {
    const parsed = shapeOf(value).safeParse(value);
    if (parsed.success) return parsed.data as T;
    for (const issue of parsed.error.issues) report.issues.push({ ...issue, code: "custom", input: value });
    return z.NEVER;
  });
}

function has(value: unknown, member: string): boolean {
  return typeof value === "object" && value !== null && member in value;
}

const VERSION_OPS = [
  "semver_equals",
  "semver_less",
  "semver_at_most",
  "semver_greater",
  "semver_at_least",
  "semver_same_major",
  "semver_same_minor",
] as const;
const Dialect = z.enum(["json-logic", "growthbook", "unleash", "launchdarkly", "flagsmith"]);
const Algorithm = z.enum([
  "flagd-v2",
  "growthbook-v1",
  "growthbook-v2",
  "unleash-rollout",
  "unleash-rollout-default",
  "unleash-variant",
  "unleash-variant-default",
  "launchdarkly",
  "flagsmith",
]);
const Salt = z.string().max(200);

interface Constants {
  readonly limit: z.ZodType;
  readonly moment: z.ZodType;
  readonly version: z.ZodType;
  readonly network: z.ZodType;
}

/** The shapes of comparisons, for our own and for other systems', who read other constants. */
const comparisons = (dialect: z.ZodRawShape, { limit, moment, version, network }: Constants) => {
  const comparison = <T extends z.ZodRawShape>(shape: T) =>
    z.strictObject({ attribute: Attribute, ...dialect, ...shape });
  return z.discriminatedUnion("op", [
    comparison({ op: z.literal("equals"), value: Scalar, ...ignoreCase }),
    comparison({ op: z.literal("one_of"), values: Scalars, ...ignoreCase }),
    comparison({ op: z.enum(["less", "at_most", "greater", "at_least"]), value: limit }),
    comparison({ op: z.enum(["contains", "starts_with", "ends_with"]), values: Texts, ...ignoreCase }),
    comparison({ op: z.literal("matches"), pattern: z.string().max(1000), ...ignoreCase }),
    comparison({ op: z.enum(["before", "after"]), value: moment }),
    comparison({ op: z.enum(VERSION_OPS), value: version }),
    comparison({ op: z.literal("in_network"), values: z.array(network).max(10_000) }),
    comparison({ op: z.literal("present") }),
    comparison({ op: z.enum(["has_any", "has_all"]), values: Scalars, ...ignoreCase }),
  ]);
};

const Own = comparisons({}, { limit: z.number(), moment: Moment, version: SemanticVersion, network: Network });
const Text = z.string().max(2000);
const Foreign = comparisons(
  { dialect: Dialect },
  { limit: z.union([z.number(), Text]), moment: Text, version: Text, network: Text },
);

const Part = z.int().min(0).max(MAX_TOTAL_WEIGHT);
const InShare = z.strictObject({
  attribute: Attribute,
  op: z.literal("in_share"),
  algorithm: Algorithm,
  salt: Salt,
  of: z.int().min(1).max(MAX_TOTAL_WEIGHT),
  ranges: z.array(z.tuple([Part, Part])).max(10_000),
});

function comparisonOf(value: unknown): z.ZodType {
  if (has(value, "op") && (value as { op: unknown }).op === "in_share") return InShare;
  return has(value, "dialect") ? Foreign : Own;
}

const All = z.strictObject({ all: z.array(z.lazy(() => Condition)).max(10_000) });
const Any = z.strictObject({ any: z.array(z.lazy(() => Condition)).max(10_000) });
const Not = z.strictObject({ not: z.lazy(() => Condition) });
const InSegment = z.strictObject({ segment: Name });
const Requirement = z.strictObject({ flag: Name, variants: z.array(Name).min(1).max(100) });

/** A comparison, `all`, `any`, `not`, `segment` or `flag`. */
const Condition: z.ZodType<ConditionType> = chosen((value) => {
  if (has(value, "all")) return All;
  if (has(value, "any")) return Any;
  if (has(value, "not")) return Not;
  if (has(value, "segment")) return InSegment;
  return has(value, "flag") ? Requirement : comparisonOf(value);
});

const Weight = z.strictObject({ variant: Name, weight: z.int().min(0).max(MAX_TOTAL_WEIGHT) });

const Split = z.strictObject({
  by: Attribute.optional(),
  salt: Salt.optional(),
  algorithm: Algorithm.optional(),
  weights: z
    .array(Weight)
    .max(1000)
    .refine((weights) => total(weights) > 0, "the weights must not all be 0")
    .refine(
      (weights) => total(weights) <= MAX_TOTAL_WEIGHT,
      `the weights must not add up to more than ${MAX_TOTAL_WEIGHT}`,
    ),
});

const total = (weights: readonly { weight: number }[]) => weights.reduce((sum, { weight }) => sum + weight, 0);

const ServeVariant = z.strictObject({ variant: Name });
const ServeSplit = z.strictObject({ split: Split });
const ServeOff = z.strictObject({ off: z.literal(true) });
const Serve = chosen<ServeType>((value) => {
  if (has(value, "off")) return ServeOff;
  return has(value, "split") ? ServeSplit : ServeVariant;
});

const Rule = z.strictObject({
  id: Name,
  description: z.string().max(1000).optional(),
  when: Condition,
  serve: Serve,
});

/** The shape of one flag; `parseFlagSet` also checks what refers to what. Missing parts get their defaults. */
export const Flag: z.ZodType<FlagType> = z.strictObject({
  description: z.string().max(2000).default(""),
  type: z.enum(["boolean", "string", "number", "json"]),
  schema: z.record(z.string(), z.json()).optional(),
  enabled: z.boolean(),
  variants: z.record(Name, z.json()),
  off: Name.nullable(),
  requires: z.array(Requirement).max(100).default([]),
  rules: z.array(Rule).max(1000).default([]),
  otherwise: Serve,
  bucketing: z.strictObject({ algorithm: Algorithm, salt: Salt.optional() }).default({ algorithm: "flagd-v2" }),
  owner: z.string().max(200).default(""),
  tags: z.array(z.string().min(1).max(100)).max(100).default([]),
  lifetime: z.enum(["temporary", "permanent"]).default("permanent"),
  version: z.int().min(0).default(1),
});

const ByCondition = z.strictObject({
  description: z.string().max(2000).optional(),
  when: Condition,
});
const ByIds = z.strictObject({
  description: z.string().max(2000).optional(),
  ids: z.array(z.string().min(1).max(200)).max(MAX_IDS),
  by: Attribute.optional(),
});

/** The shape of one segment: a condition or a list of up to 100,000 ids. */
export const Segment: z.ZodType<SegmentType> = chosen((value) => (has(value, "when") ? ByCondition : ByIds));

/** The frame of a document; its flags and segments are parsed one by one. */
export const Frame = z.strictObject({
  version: z.int().min(0).default(1),
  flags: z.record(Name, z.unknown()),
  segments: z.record(Name, z.unknown()).default({}),
});
