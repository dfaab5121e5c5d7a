import * as fc from "fast-check";

/** Values that random documents and random traits share, so that they meet. */
const TEXTS = ["DE", "de", "Straße", "ünï 😀", "日本", "7.5", "7", "true", "False", "false", "", "pro,max", "0"];
const VERSIONS = ["1.2.3", "1.2.3-beta.2", "1.10.0", "v1.2.3", "1.2", " 1.2.3 ", "2.0.0+build", "x"];
const IDS = ["user-1", "ünï 😀", "日本", "1"];
const ENVIRONMENT = "ënv-key";

const option = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const few = <T>(one: fc.Arbitrary<T>, maxLength = 3) => fc.array(one, { maxLength });
const pick = <T>(...all: T[]) => fc.constantFrom(...all);
/** Mostly the trait that holds what an operator compares, so that random conditions are not nearly all unmet. */
const mostly = (trait: string) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant(trait) },
    pick(
      "plan",
      "age",
      "missing",
      "/odd~trait",
      "",
      "$.identity.identifier",
      "$.identity.traits.plan",
      "$.identity.traits['/odd~trait']",
      "$.environment.name",
    ),
  );

const percent = pick("0", "1", "12.5", "33.33", "50", "99.9", "100", "0.01", "150", "many", "-1");
const condition = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      operator: pick(
        "EQUAL",
        "NOT_EQUAL",
        "GREATER_THAN",
        "GREATER_THAN_INCLUSIVE",
        "LESS_THAN",
        "LESS_THAN_INCLUSIVE",
      ),
      property_: mostly("plan"),
      value: pick(...TEXTS, "10", null),
    }),
  },
  fc.record({
    operator: pick("EQUAL", "GREATER_THAN", "GREATER_THAN_INCLUSIVE", "LESS_THAN", "LESS_THAN_INCLUSIVE"),
    property_: mostly("version"),
    value: pick(...VERSIONS).map((version) => `${version}:semver`),
  }),
  fc.record({
    operator: pick("CONTAINS", "NOT_CONTAINS"),
    property_: mostly("plan"),
    value: pick("D", "ß", "😀", "", "7", "e"),
  }),
  fc.record({
    operator: fc.constant("REGEX"),
    property_: mostly("plan"),
    value: pick("^\\d+$", "e$", "(", "", "^[DF]", "7\\.5"),
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      operator: fc.constant("IN"),
      property_: mostly("plan"),
      value: fc.oneof(
        few(pick(...TEXTS)).map((values) => values.join(",")),
        few(pick(...TEXTS)).map((values) => JSON.stringify(values)),
        few(pick(...TEXTS)),
        pick("7,7.5,DE", "0", "null", "user-1,日本"),
      ),
    }),
  },
  fc.record({ operator: pick("IS_SET", "IS_NOT_SET"), property_: mostly("plan") }),
  {
    weight: 2,
    arbitrary: fc.record({
      operator: fc.constant("PERCENTAGE_SPLIT"),
      property_: pick(undefined, "", "$.identity.key", "$.identity.identifier", "$.identity.traits.plan", "plan"),
      value: percent,
    }),
  },
  fc.record({ operator: fc.constant("SOUNDS_LIKE"), property_: mostly("plan"), value: pick(...TEXTS) }),
);

const type = pick("ALL", "ANY", "NONE");
const rule = fc.record({
  type,
  conditions: few(condition, 2),
  rules: few(fc.record({ type, conditions: few(condition, 2), rules: fc.constant([]) }), 2),
});

const value = pick<string | number | boolean | null>(null, "blau", "röt", "", 7, 0, true, false);
const FEATURES = ["first", "zweite/ü", "third"] as const;

const share = fc.record(
  {
    id: fc.nat(50),
    percentage_allocation: pick(0, 10, 12.5, 33.33, 33.34, 50, 100, 0.02),
    mv_fs_value_uuid: fc.uuid(),
    multivariate_feature_option: fc.record({ id: fc.nat(), value: pick<unknown>("one", "zwei", 3, true) }),
  },
  { requiredKeys: ["percentage_allocation", "mv_fs_value_uuid", "multivariate_feature_option"] },
);

const stateOf = (name: (typeof FEATURES)[number], priority: fc.Arbitrary<number | undefined>) =>
  fc
    .record({
      enabled: fc.boolean(),
      django_id: fc.option(fc.integer({ min: 1, max: 999 })),
      featurestate_uuid: fc.uuid(),
      feature_state_value: value,
      // Ids that occur once: of the same id, the order is that of the list.
      multivariate_feature_state_values: fc.oneof(
        { weight: 2, arbitrary: fc.constant([]) },
        fc.uniqueArray(share, { maxLength: 3, selector: ({ id }) => id }),
      ),
      priority,
    })
    .map(({ priority: own, ...state }) => ({
      ...state,
      feature: { id: FEATURES.indexOf(name) + 1, name, type: "STANDARD" },
      feature_segment: own === undefined ? null : { priority: own },
    }));

const overrides = few(
  pick(...FEATURES).chain((name) => stateOf(name, option(fc.nat(3)))),
  3,
);
const segmentOf = (id: number) =>
  fc.record({ id: fc.constant(id), name: pick("people", "others"), rules: few(rule, 2), feature_states: overrides });

const personal = fc.record({
  identifier: pick(...IDS),
  identity_uuid: fc.uuid(),
  created_date: fc.constant("2026-03-01T00:00:00Z"),
  environment_api_key: fc.constant(ENVIRONMENT),
  identity_features: fc
    .uniqueArray(pick(...FEATURES), { maxLength: 2 })
    .chain((names) => fc.tuple(...names.map((name) => stateOf(name, fc.constant(undefined))))),
});

/** Random environment documents of Flagsmith: three features, three segments, some identities with their own. */
export const documents = fc.record({
  id: fc.constant(1),
  api_key: fc.constant(ENVIRONMENT),
  name: pick("DE", "Entwicklung ü"),
  feature_states: fc.tuple(...FEATURES.map((name) => stateOf(name, fc.constant(undefined)))),
  identity_overrides: fc.uniqueArray(personal, { maxLength: 2, selector: ({ identifier }) => identifier }),
  project: fc.record({
    id: fc.constant(1),
    name: fc.constant("project"),
    hide_disabled_flags: fc.boolean(),
    organisation: fc.constant({
      id: 1,
      name: "org",
      feature_analytics: false,
      stop_serving_flags: false,
      persist_trait_data: true,
    }),
    segments: fc.tuple(segmentOf(2), segmentOf(10), segmentOf(7)),
  }),
});

const odd = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.string({ unit: "grapheme" }),
);
const held = (usual: fc.Arbitrary<unknown>) => fc.oneof({ weight: 4, arbitrary: usual }, odd);

/** Random identities with their traits: texts, numbers, booleans and nothing, as Flagsmith has them. */
export const contexts = fc.record({
  identifier: fc.oneof(pick(...IDS), fc.string({ unit: "grapheme", minLength: 1 }), fc.uuid()),
  traits: fc.record(
    {
      plan: held(fc.oneof(pick<unknown>(...TEXTS), pick<unknown>(7, 7.5, 0, true, false))),
      age: held(pick(7, 7.5, 10)),
      version: held(pick(...VERSIONS)),
      "/odd~trait": held(pick(...TEXTS)),
    },
    { requiredKeys: [], noNullPrototype: true },
  ),
});
