import * as fc from "fast-check";

/** Values that random documents and random contexts share, so that they meet. */
const TEXTS = ["DE", "de", "Straße", "user-1", "ünï 😀", "日本", "a@b.example", "1", "7.5", "true", "", "AbC"];
const VERSIONS = ["1.2.3", "1.2.3-beta.2", "1.10.0", "v1.2.3", "1.2", " 1.2.3 ", "2.0.0+build", "=1.2.3", "x"];
const ADDRESSES = [
  "10.1.2.3",
  "10.9.9.9",
  "192.168.0.256",
  "::1",
  "2001:db8::7",
  "::ffff:10.1.2.3",
  "10.1.2.3/16",
  "no",
];
const NETWORKS = [
  "10.0.0.0/8",
  "10.1.2.3",
  "10.1.0.0/08",
  "2001:db8::/33",
  "::/0",
  "::ffff:10.0.0.0/104",
  "junk",
  "fe80::%e/9",
];
const MOMENTS = ["2026-03-01", "2026-03-01T00:00:00Z", "2026-03-01T01:30:00+02:00", "2026-02-28T23:30:00.5Z"];
const NUMBERS = ["0", "7.5", "-1", "0x10", " 7.5 ", "", "seven", "1e3"];
const IDS = ["user-1", "ünï 😀", "日本", "1", "a"];

const option = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const few = <T>(one: fc.Arbitrary<T>, maxLength = 3) => fc.array(one, { maxLength });
const pick = <T>(...all: T[]) => fc.constantFrom(...all);
/** Mostly the field that holds what an operator compares, so that random constraints are not nearly all unmet. */
const mostly = (field: string) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(field) },
    pick("country", "plan", "age", "missing", "/odd~name", "userId"),
  );

const inverted = option(fc.boolean());
const texts = pick(...TEXTS);
const ascii = pick("de", "DE", "user", "abC", "1", "e", "");

const constraint = fc.oneof(
  fc.record({ contextName: mostly("country"), operator: pick("IN", "NOT_IN"), inverted, values: few(texts, 5) }),
  fc.record({
    contextName: mostly("userId"),
    operator: pick("IN", "NOT_IN"),
    inverted,
    values: few(pick(...IDS, " user-1 "), 5),
  }),
  fc.record({
    contextName: mostly("plan"),
    operator: pick("STR_STARTS_WITH", "STR_ENDS_WITH", "STR_CONTAINS"),
    inverted,
    values: few(pick("D", "ß", "E", "-1", "😀", "u")),
  }),
  fc.record({
    contextName: mostly("plan"),
    operator: pick("STR_STARTS_WITH", "STR_ENDS_WITH", "STR_CONTAINS"),
    inverted,
    caseInsensitive: fc.boolean(),
    values: few(ascii),
  }),
  fc.record({
    contextName: mostly("age"),
    operator: pick("NUM_EQ", "NUM_GT", "NUM_GTE", "NUM_LT", "NUM_LTE"),
    inverted,
    values: fc.constant([]),
    value: fc.oneof(pick(...NUMBERS), fc.integer({ min: -3, max: 20 })),
  }),
  fc.record({
    contextName: mostly("version"),
    operator: pick("SEMVER_EQ", "SEMVER_GT", "SEMVER_GTE", "SEMVER_LT", "SEMVER_LTE"),
    inverted,
    values: fc.constant([]),
    value: pick(...VERSIONS),
  }),
  fc.record({
    contextName: mostly("currentTime"),
    operator: pick("DATE_AFTER", "DATE_BEFORE"),
    inverted,
    values: fc.constant([]),
    value: pick(...MOMENTS, "yesterday"),
  }),
  fc.record({
    contextName: mostly("plan"),
    operator: fc.constant("REGEX"),
    inverted,
    caseInsensitive: option(fc.boolean()),
    values: fc.constant([]),
    value: pick("^user-\\d+$", "e$", "(", "[a-c]{2}", "^$", "@b\\."),
  }),
  fc.record({
    contextName: mostly("remoteAddress"),
    operator: fc.constant("IN_CIDR"),
    inverted,
    values: few(pick(...NETWORKS)),
  }),
  fc.record({
    contextName: mostly("plan"),
    operator: fc.constant("SOUNDS_LIKE"),
    inverted,
    values: fc.constant(["a"]),
  }),
);

const percent = pick<string | number>("0", "1", "37", "50", "99", "100", 50, "33.4", "0.5", "", "-5", "120", "many");
const stickiness = pick("default", "userId", "sessionId", "country", "age", "missing", "random");
const group = pick("feature", "grüppe", "");
const constraints = fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, few(constraint, 2));
const segments = few(pick(1, 2, 3, 99), 1);

const variant = (name: fc.Arbitrary<string>) =>
  fc.record(
    {
      name,
      weight: pick(0, 1, 333, 500, 1000),
      payload: option(fc.record({ type: pick("string", "json", "number", "csv"), value: texts })),
      stickiness: pick("default", "userId", "country", "random"),
      overrides: few(fc.record({ contextName: pick("userId", "country", "age"), values: few(texts) }), 1),
    },
    { requiredKeys: ["name", "weight"] },
  );
const variants = few(variant(pick("blau", "röt", "on", "off", "disabled")), 3);

const parameters = fc.record({ rollout: percent, stickiness, groupId: group }, { requiredKeys: ["rollout"] });
const strategy = fc.oneof(
  { weight: 1, arbitrary: fc.record({ name: fc.constant("default"), constraints, segments: option(segments) }) },
  {
    weight: 5,
    arbitrary: fc.record(
      { name: fc.constant("flexibleRollout"), parameters, constraints, segments, variants },
      { requiredKeys: ["name", "parameters", "constraints"] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      name: pick("gradualRolloutUserId", "gradualRolloutSessionId", "gradualRolloutRandom"),
      parameters: fc.record({ percentage: percent, groupId: option(group) }),
      constraints,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      name: fc.constant("userWithId"),
      parameters: fc.record({ userIds: few(pick(...IDS)).map((ids) => ids.join(" , ")) }),
      constraints,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      name: fc.constant("remoteAddress"),
      parameters: fc.record({ IPs: few(pick<string>(...NETWORKS, "::1")).map((ranges) => ranges.join(",")) }),
      constraints,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ name: pick("applicationHostname", "custom"), parameters: fc.constant({}), constraints }),
  },
);

const NAMES = ["first", "zweite/ü", "third", "fourth"] as const;

const featureOf = (name: (typeof NAMES)[number]) =>
  fc.record(
    {
      name: fc.constant(name),
      type: pick("release", "operational"),
      project: fc.constant("default"),
      description: texts,
      impressionData: fc.boolean(),
      enabled: fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, fc.constant(false)),
      strategies: few(strategy, 3),
      variants,
      dependencies: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        few(
          fc.record(
            {
              feature: pick(...NAMES.filter((other) => other !== name), "nowhere"),
              enabled: fc.boolean(),
              variants: few(pick("blau", "röt", "disabled", "other"), 2),
            },
            { requiredKeys: ["feature"] },
          ),
          2,
        ),
      ),
    },
    { requiredKeys: ["name", "enabled", "strategies", ...(name === "first" ? [] : (["dependencies"] as const))] },
  );

const segmentOf = (id: number) =>
  fc.record({ id: fc.constant(id), name: pick("people", "others", "people"), constraints: few(constraint, 2) });

/** Random documents of Unleash's client API: four features that may depend on each other, three segments. */
export const documents = fc.record({
  version: fc.constant(2),
  features: fc.tuple(...NAMES.map(featureOf)),
  segments: fc.tuple(segmentOf(1), segmentOf(2), segmentOf(3)),
});

/** Texts and what Unleash writes out as texts; mostly what was meant. */
const odd = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
  fc.array(texts, { maxLength: 2 }),
  fc.record({ deep: texts }, { noNullPrototype: true }),
  fc.string({ unit: "grapheme" }),
);
const held = (usual: fc.Arbitrary<unknown>) => fc.oneof({ weight: 5, arbitrary: usual }, odd);
const id = fc.oneof(pick(...IDS), fc.string({ unit: "grapheme", minLength: 1 }), fc.uuid(), fc.nat().map(String));

/** What types forbid and requests contain. */
const numeric = fc.integer({ min: 1, max: 50 }).map((one) => one as unknown as string);

/** Random contexts of Unleash; the moment is always given, and most have an id. */
export const contexts = fc.record(
  {
    userId: fc.oneof({ weight: 8, arbitrary: id }, fc.constant(""), numeric),
    sessionId: id,
    remoteAddress: pick(...ADDRESSES),
    currentTime: fc.oneof(pick(...MOMENTS), fc.constant(new Date("2026-03-01T00:00:00Z"))),
    properties: fc.record(
      {
        country: held(texts),
        plan: held(fc.oneof(texts, pick(...IDS))),
        age: held(fc.oneof(pick<unknown>(7.5, 0, 17, "7.5", "0x10", " 7.5 "), fc.integer({ min: -3, max: 20 }))),
        version: held(pick(...VERSIONS)),
        "/odd~name": held(texts),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ["currentTime", "properties"] },
);
