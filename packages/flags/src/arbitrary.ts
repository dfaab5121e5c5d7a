import * as fc from "fast-check";
import type { Comparison, Condition, EvaluationContext, Flag, FlagSet, Segment, Serve } from "./model.ts";

/** Values that random conditions and random contexts share, so that they meet, and the odd ones that break parsers. */
const TEXTS = ["", "DE", "de", "Straße", "STRASSE", "user-1", "a@b.example", "ünïcode 😀", "1", "true", "constructor"];
const VERSIONS = [
  "1",
  "1.2",
  "v1.2.3",
  "1.2.3-beta.2",
  "1.2.3-beta.11",
  "1.2.3+build",
  "2.0.0",
  "01.2",
  "1.2.3.4",
  "x",
];
const ADDRESSES = ["10.1.2.3", "10.255.0.1", "192.168.0.256", "::1", "2001:db8::7", "::ffff:10.1.2.3", "1.2.3.4::"];
const NETWORKS = ["10.0.0.0/8", "10.1.2.3", "0.0.0.0/0", "2001:db8::/33", "::/0", "::ffff:10.0.0.0/104"];
const MOMENTS = ["2026-03-01", "2026-03-01T00:00:00Z", "2026-03-01T01:30:00+02:00", "2026-02-28T23:30", "1999-12-31"];
const PATTERNS = ["^user-\\d+$", "@b\\.", "(a|b)*c", "ß", ""];
const NUMBERS = [0, -0, 1, -1, 0.1, 17, 1e21, 1772323200000];
const NAMES = [
  "country",
  "version",
  "ip",
  "at",
  "age",
  "roles",
  "constructor",
  "/deep/er",
  "__proto__",
  "targetingKey",
];

const scalar = fc.oneof(
  fc.constantFrom<string | number | boolean>(...TEXTS, ...VERSIONS, ...ADDRESSES, ...NUMBERS, true, false),
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const ignore_case = fc.option(fc.boolean(), { nil: undefined });
const few = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 4 });
const name = fc.constantFrom(...NAMES);
/** Mostly the attribute that holds what an operator compares, so that random comparisons are not nearly all false. */
const mostly = (attribute: string) => fc.oneof({ weight: 4, arbitrary: fc.constant(attribute) }, name);
const word = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<string | number | boolean>("DE", "de", "user-1", 1, true) },
  scalar,
);
const texts = few(fc.constantFrom(...TEXTS, "se", "r-", "s"));

const comparison: fc.Arbitrary<Comparison> = fc.oneof(
  fc.record({ attribute: mostly("country"), op: fc.constant("equals" as const), value: word, ignore_case }),
  fc.record({ attribute: mostly("country"), op: fc.constant("one_of" as const), values: few(word), ignore_case }),
  fc.record({
    attribute: mostly("age"),
    op: fc.constantFrom("less" as const, "at_most" as const, "greater" as const, "at_least" as const),
    value: fc.constantFrom(...NUMBERS),
  }),
  fc.record({
    attribute: mostly("country"),
    op: fc.constantFrom("contains" as const, "starts_with" as const, "ends_with" as const),
    values: texts,
    ignore_case,
  }),
  fc.record({
    attribute: mostly("targetingKey"),
    op: fc.constant("matches" as const),
    pattern: fc.constantFrom(...PATTERNS),
    ignore_case,
  }),
  fc.record({
    attribute: mostly("at"),
    op: fc.constantFrom("before" as const, "after" as const),
    value: fc.constantFrom(...MOMENTS),
  }),
  fc.record({
    attribute: mostly("version"),
    op: fc.constantFrom(
      "semver_equals" as const,
      "semver_less" as const,
      "semver_at_most" as const,
      "semver_greater" as const,
      "semver_at_least" as const,
      "semver_same_major" as const,
      "semver_same_minor" as const,
    ),
    value: fc.constantFrom("1", "v1.2.3", "1.2.3-beta.2", "2.0.0"),
  }),
  fc.record({
    attribute: mostly("ip"),
    op: fc.constant("in_network" as const),
    values: few(fc.constantFrom(...NETWORKS)),
  }),
  fc.record({ attribute: name, op: fc.constant("present" as const) }),
  fc.record({
    attribute: mostly("targetingKey"),
    op: fc.constant("in_share" as const),
    algorithm: fc.constant("flagd-v2" as const),
    salt: fc.constantFrom("", "sälz😀"),
    of: fc.constantFrom(1, 100, 100_000, 2 ** 31 - 1),
    ranges: few(fc.tuple(fc.nat(100), fc.nat(2 ** 31 - 1))),
  }),
  fc.record({
    attribute: mostly("roles"),
    op: fc.constantFrom("has_any" as const, "has_all" as const),
    values: few(word),
    ignore_case,
  }),
);

const VARIANTS = ["on", "off", "third"] as const;
const variant = fc.constantFrom(...VARIANTS);
const served = fc.uniqueArray(variant, { minLength: 1 });

const conditionOver = (segments: readonly string[], flags: readonly string[] = []): fc.Arbitrary<Condition> =>
  fc.letrec<{ node: Condition }>((tie) => ({
    node: fc.oneof(
      { depthSize: "small" },
      { weight: 4, arbitrary: comparison },
      ...(segments.length > 0 ? [fc.record({ segment: fc.constantFrom(...segments) })] : []),
      ...(flags.length > 0 ? [fc.record({ flag: fc.constantFrom(...flags), variants: served })] : []),
      fc.record({ all: few(tie("node")) }),
      fc.record({ any: few(tie("node")) }),
      fc.record({ not: tie("node") }),
    ),
  })).node;

const weights = fc
  .array(fc.record({ variant, weight: fc.oneof(fc.nat(100), fc.nat(1_000_000)) }), { minLength: 1, maxLength: 4 })
  .filter((all) => all.some(({ weight }) => weight > 0));
const option = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });

const serve: fc.Arbitrary<Serve> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ variant }) },
  fc.constant({ off: true as const }),
  {
    weight: 3,
    arbitrary: fc.record({
      split: fc.record({
        by: option(fc.constantFrom("targetingKey", "country", "age", "/deep/er")),
        salt: option(fc.constantFrom("", "salt", "sälz😀")),
        weights,
      }),
    }),
  },
);

const SEGMENTS = ["list", "outer", "inner"];

/** A flag whose requirements, if any, are flags made before it. */
const flagAfter = (earlier: readonly string[]): fc.Arbitrary<Flag> =>
  fc.record({
    description: fc.string({ maxLength: 20 }),
    type: fc.constant("string" as const),
    enabled: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false)),
    variants: fc.constant({ on: "ON", off: "OFF", third: "" }),
    off: fc.constantFrom("off", "third", null),
    requires:
      earlier.length > 0
        ? fc.array(fc.record({ flag: fc.constantFrom(...earlier), variants: served }), { maxLength: 2 })
        : fc.constant([]),
    rules: fc
      .array(fc.record({ when: conditionOver(SEGMENTS, earlier), serve }), { maxLength: 3 })
      .map((rules) => rules.map((rule, index) => ({ id: `rule-${index}`, ...rule }))),
    otherwise: serve,
    bucketing: fc.record({ algorithm: fc.constant("flagd-v2" as const), salt: option(fc.string({ unit: "binary" })) }),
    owner: fc.constant(""),
    tags: fc.constant([]),
    lifetime: fc.constantFrom("temporary" as const, "permanent" as const),
    version: fc.nat(),
  });

const ids = fc.array(fc.constantFrom("user-1", "DE", "1", "true"), { maxLength: 4 });
const segments: fc.Arbitrary<Record<string, Segment>> = fc.record({
  list: fc.record({ ids, by: option(name) }),
  outer: fc.record({ when: conditionOver(["inner", "list"]) }),
  inner: fc.record({ when: conditionOver(["list"]) }),
});

/** Random flag sets that parse: four flags with requirements among them, three segments that nest. */
export const flagSets: fc.Arbitrary<FlagSet> = fc.record({
  version: fc.nat(),
  flags: fc.record({
    first: flagAfter([]),
    second: flagAfter(["first"]),
    third: flagAfter(["first", "second"]),
    "4th/ünï": flagAfter(["first", "second", "third"]),
  }),
  segments,
});

const anything = fc.oneof(
  { weight: 6, arbitrary: fc.oneof(scalar, fc.constantFrom(...MOMENTS)) },
  { weight: 2, arbitrary: few(scalar) },
  fc.anything({ withDate: true, withBigInt: true, withNullPrototype: true }),
);

/** Random contexts, of any JSON value and beyond: wrong types, dates, missing ids, hostile names. */
export const contexts: fc.Arbitrary<EvaluationContext> = fc
  .record(
    {
      targetingKey: fc.oneof(fc.constantFrom("user-1", "DE", "", "1"), fc.string({ unit: "binary" })),
      country: fc.oneof({ weight: 3, arbitrary: word }, anything),
      version: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...VERSIONS) }, anything),
      ip: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ADDRESSES) }, anything),
      at: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...MOMENTS) }, fc.date(), anything),
      age: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...NUMBERS, NaN, Infinity) }, anything),
      roles: fc.oneof({ weight: 3, arbitrary: few(word) }, anything),
      deep: fc.oneof(fc.record({ er: anything }), anything),
    },
    { requiredKeys: [] },
  )
  // Some with a key that is not text, which types forbid and requests contain.
  .chain((context) =>
    fc.oneof(
      fc.constant(context),
      anything.map((key) => ({ ...context, targetingKey: key }) as never),
    ),
  );
