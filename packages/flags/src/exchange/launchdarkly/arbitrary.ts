import * as fc from "fast-check";

/** Values that random documents and random contexts share, so that they meet. */
const TEXTS = ["DE", "de", "Straße", "user-1", "ünï 😀", "日本", "a@b.example", "1", "true", ""];
const VERSIONS = [
  "1.2.3",
  "1.2.3-beta.2",
  "1.10.0",
  "v1.2.3",
  "1.2",
  "2",
  " 1.2.3 ",
  "2.0.0+build",
  "1.2-beta",
  "01.2.3",
  "x",
];
const MOMENTS = ["2026-03-01T00:00:00Z", "2026-03-01T01:30:00+02:00", "2026-02-28T23:30:00.5Z", "2026-03-01", "soon"];
const NUMBERS = [0, 7.5, -1, 17, 1772323200000];
const KEYS = ["user-1", "ünï 😀", "日本", "1", "org/1"];

const option = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const few = <T>(one: fc.Arbitrary<T>, maxLength = 3) => fc.array(one, { maxLength });
const pick = <T>(...all: T[]) => fc.constantFrom(...all);
/** Mostly the attribute that holds what an operator compares, so that random clauses are not nearly all unmet. */
const mostly = (attribute: string) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant(attribute) },
    pick("country", "age", "roles", "missing", "/deep/er", "/odd~1name", "/odd~name", "key", "kind", "anonymous"),
  );

const negate = option(fc.boolean());
const contextKind = pick(undefined, undefined, "user", "org", "device");
const scalar = fc.oneof(pick<unknown>(...TEXTS, ...NUMBERS, true, false), fc.string({ unit: "grapheme" }));

const clause = (segments: readonly string[]) =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        attribute: mostly("country"),
        op: fc.constant("in"),
        values: few(scalar, 5),
        negate,
        contextKind,
      }),
    },
    fc.record({ attribute: pick("key"), op: fc.constant("in"), values: few(pick(...KEYS)), negate, contextKind }),
    fc.record({ attribute: pick("kind"), op: fc.constant("in"), values: few(pick("user", "org", "device")), negate }),
    fc.record({
      attribute: pick("anonymous"),
      op: pick("in", "contains"),
      values: few(fc.boolean()),
      negate,
      contextKind,
    }),
    fc.record({
      attribute: mostly("country"),
      op: pick("startsWith", "endsWith", "contains"),
      values: few(fc.oneof(pick<unknown>("D", "e", "ß", "😀", "-1", "", 7), scalar)),
      negate,
      contextKind,
    }),
    fc.record({
      attribute: mostly("country"),
      op: fc.constant("matches"),
      values: few(pick<unknown>("^user-\\d+$", "e$", "(", "[a-c]{2}", "^$", "@b\\.", 5)),
      negate,
      contextKind,
    }),
    fc.record({
      attribute: mostly("age"),
      op: pick("lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual"),
      values: few(pick<unknown>(...NUMBERS, "7.5")),
      negate,
      contextKind,
    }),
    fc.record({
      attribute: mostly("at"),
      op: pick("before", "after"),
      values: few(pick<unknown>(...MOMENTS, ...NUMBERS.filter(Number.isInteger))),
      negate,
      contextKind,
    }),
    fc.record({
      attribute: mostly("version"),
      op: pick("semVerEqual", "semVerLessThan", "semVerGreaterThan"),
      values: few(pick<unknown>(...VERSIONS, 2)),
      negate,
      contextKind,
    }),
    fc.record({
      attribute: mostly("country"),
      op: fc.constant("soundsLike"),
      values: few(scalar),
      negate,
      contextKind,
    }),
    { weight: segments.length > 0 ? 3 : 0, arbitrary: segmentMatch(segments, negate) },
  );

function segmentMatch(segments: readonly string[], negated: fc.Arbitrary<boolean | undefined>) {
  const named = few(pick(...segments, "nowhere"), 2);
  return fc.record({ attribute: fc.constant(""), op: fc.constant("segmentMatch"), values: named, negate: negated });
}

const VARIATIONS = 3;
const variation = fc.nat(VARIATIONS - 1);
const weight = pick(0, 1, 12_345, 50_000, 33_333, 100_000);
const rollout = fc.record(
  {
    kind: pick("rollout", "experiment"),
    contextKind: pick("user", "org"),
    bucketBy: pick("key", "country", "age", "/deep/er", "missing"),
    seed: pick(61, 7, -3),
    variations: fc.array(fc.record({ variation, weight, untracked: fc.boolean() }), { minLength: 1, maxLength: 4 }),
  },
  { requiredKeys: ["variations"] },
);
const outcome = fc.oneof(fc.record({ variation }), fc.record({ rollout }));

const rule = fc
  .tuple(fc.record({ id: fc.uuid(), clauses: few(clause(["people", "others"]), 2) }), outcome)
  .map(([known, served]) => ({ ...known, ...served }));
const keys = few(pick(...KEYS), 2);

const FLAGS = ["first", "zweite/ü", "third"] as const;

const flagOf = (key: string, earlier: readonly string[]) =>
  fc.record(
    {
      key: fc.constant(key),
      version: fc.nat(),
      on: fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, fc.constant(false)),
      salt: pick("salz", "sälz😀", ""),
      variations: pick<unknown[]>(["a", "ü", ""], [true, false, true], [1, 2.5, -3], [{ a: 1 }, null, "text"]),
      offVariation: fc.option(variation),
      prerequisites: few(
        fc.record({ key: pick(...earlier, "nowhere", ...earlier), variation }),
        earlier.length > 0 ? 1 : 0,
      ),
      targets: few(fc.record({ values: keys, variation }), 2),
      contextTargets: few(
        fc.oneof(
          fc.record({ contextKind: fc.constant("user"), values: fc.constant([]), variation }),
          fc.record({ contextKind: pick("org", "device"), values: keys, variation }),
        ),
        2,
      ),
      rules: few(rule, 3),
      fallthrough: outcome,
      trackEvents: fc.boolean(),
    },
    { requiredKeys: ["key", "version", "on", "variations", "fallthrough", "rules"] },
  );

const segmentOf = (key: string, inner: readonly string[]) =>
  fc.record(
    {
      key: fc.constant(key),
      version: fc.constant(1),
      salt: pick("salt", "ü"),
      included: keys,
      excluded: keys,
      includedContexts: few(fc.record({ contextKind: pick("org", "device"), values: keys }), 1),
      excludedContexts: few(fc.record({ contextKind: pick("org", "device"), values: keys }), 1),
      rules: few(
        fc.record(
          {
            clauses: few(clause(inner), 2),
            weight,
            bucketBy: pick("key", "country", "/deep/er"),
            rolloutContextKind: pick("user", "org"),
          },
          { requiredKeys: ["clauses"] },
        ),
        2,
      ),
    },
    { requiredKeys: ["key", "version", "salt", "rules"] },
  );

/** Random documents as LaunchDarkly's server SDKs are given them: three flags that need each other, two segments. */
export const documents = fc.record({
  flags: fc.record({
    first: flagOf(FLAGS[0], []),
    "zweite/ü": flagOf(FLAGS[1], ["first"]),
    third: flagOf(FLAGS[2], ["first", "zweite/ü"]),
  }),
  segments: fc.record({ people: segmentOf("people", ["others"]), others: segmentOf("others", []) }),
});

const odd = fc.oneof(
  scalar,
  fc.constant(null),
  fc.double({ noNaN: true }),
  few(fc.oneof(scalar, fc.constant(null))),
  fc.record({ x: scalar }, { noNullPrototype: true }),
);
const held = (usual: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: few(usual) }, { weight: 1, arbitrary: odd });
const key = fc.oneof(pick(...KEYS), fc.string({ unit: "grapheme", minLength: 1 }), fc.uuid());

const attributes = {
  key,
  country: held(pick(...TEXTS)),
  age: held(pick(...NUMBERS)),
  at: held(pick<unknown>(...MOMENTS, ...NUMBERS)),
  version: held(pick(...VERSIONS)),
  roles: few(scalar),
  anonymous: fc.boolean(),
  deep: fc.oneof(fc.record({ er: held(pick(...TEXTS)) }, { noNullPrototype: true }), odd),
  "odd/name": held(pick(...TEXTS)),
  "/odd~1name": held(pick(...TEXTS)),
};
const context = fc.record(attributes, { requiredKeys: ["key"], noNullPrototype: true });

/** Random contexts by their kinds: mostly users, some with others beside them or instead. */
export const contexts = fc.oneof({ weight: 3, arbitrary: fc.record({ user: context }) }, fc.record({ org: context }), {
  weight: 2,
  arbitrary: fc.record({ user: context, org: context, device: context }, { requiredKeys: ["user"] }),
});
