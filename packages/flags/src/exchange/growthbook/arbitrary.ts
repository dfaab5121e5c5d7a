import * as fc from "fast-check";
import type { EvaluationContext, Json } from "../../model.ts";

const TEXTS = ["", "DE", "de", "Zürich", "user-1", "a@b.example", "😀", "1", "21", "true", "null", "admin", "/x"];
const NUMBERS = [0, 1, 5, 21, -1, 0.5, 1e21];
const VERSIONS = ["1.2.3", "v1.2.3", "1.2", "2", "1.2.3-beta.2", "1.10.0+build", "1.2.3.4", "nightly", "10.0.0", "0"];
const PATTERNS = [
  "^user-\\d+$",
  "@b\\.",
  "(a|b)*c",
  "[äöü]",
  "\\s",
  "DE|de",
  "a/b",
  "x{2}",
  "(",
  "^.*e$",
  "\\u00fc",
  "null",
];
const NAMES = ["country", "age", "roles", "version", "id", "address.city"];

const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS) },
  fc.string({ unit: "grapheme", maxLength: 6 }),
);
const number = fc.constantFrom<Json>(...NUMBERS);
const scalar: fc.Arbitrary<Json> = fc.oneof(
  { weight: 5, arbitrary: text },
  { weight: 3, arbitrary: number },
  fc.boolean(),
);
const scalars = fc.array(scalar, { maxLength: 4 });
const one = (op: string) => (value: Json) => ({ [op]: value });
const operators = (...names: string[]) => fc.constantFrom(...names);

const operator: fc.Arbitrary<Record<string, Json>> = fc.oneof(
  fc.tuple(operators("$eq", "$ne"), fc.oneof(scalar, fc.constant(null))).map(([op, value]) => one(op)(value)),
  fc.tuple(operators("$lt", "$lte", "$gt", "$gte"), fc.oneof(number, text)).map(([op, value]) => one(op)(value)),
  fc.tuple(operators("$in", "$nin", "$ini", "$nini", "$all", "$alli"), scalars).map(([op, value]) => one(op)(value)),
  fc
    .tuple(
      operators("$veq", "$vne", "$vlt", "$vlte", "$vgt", "$vgte"),
      fc.oneof(fc.constantFrom<Json>(...VERSIONS), number),
    )
    .map(([op, value]) => one(op)(value)),
  fc.tuple(operators("$regex", "$regexi"), fc.constantFrom(...PATTERNS)).map(([op, value]) => one(op)(value)),
  fc.boolean().map(one("$exists")),
  fc.tuple(operators("$inGroup", "$notInGroup"), operators("list", "bare", "nowhere")).map(([op, id]) => one(op)(id)),
  fc.oneof(scalar.map(one("$eq")), scalars.map(one("$in"))).map(one("$elemMatch")),
  fc.constantFrom<Record<string, Json>>({ $size: 1 }, { $type: "string" }, { $unknown: 1 }),
);
const value: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 8, arbitrary: operator },
  fc.tuple(operator, operator).map(([a, b]) => ({ ...a, ...b })),
  operator.map(one("$not")),
  fc.constant(null),
);

const condition: fc.Arbitrary<Json> = fc.letrec<{ node: Record<string, Json> }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    { weight: 6, arbitrary: fc.tuple(fc.constantFrom(...NAMES), value).map(([name, wanted]) => ({ [name]: wanted })) },
    fc.constantFrom<Record<string, Json>>(
      {},
      { $savedGroup: { id: "list" } },
      { $savedGroup: { id: "list", attributeKey: "roles" } },
      { $savedGroup: { id: "rule" } },
      { $savedGroup: { id: "nowhere" } },
    ),
    fc.tuple(tie("node"), tie("node")).map(([a, b]) => ({ ...a, ...b })),
    fc.array(tie("node"), { maxLength: 3 }).map(one("$or")),
    fc.array(tie("node"), { maxLength: 3 }).map(one("$and")),
    fc.array(tie("node"), { maxLength: 3 }).map(one("$nor")),
    tie("node").map(one("$not")),
  ),
})).node;

const fraction = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(0, 1, 0.5, 0.25, 0.1, 0.3333, 0.0001, 0.9999, 0.999) },
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const range = fc.tuple(fraction, fraction).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as Json);
const hashVersion = fc.constantFrom(1, 2, 2, 3);
const hashAttribute = fc.constantFrom("id", "company", "country", "dotted.name");
const filters = fc.array(
  fc.record(
    { seed: text, ranges: fc.array(range, { maxLength: 2 }), hashVersion, attribute: hashAttribute },
    { requiredKeys: ["seed", "ranges"] },
  ),
  { minLength: 1, maxLength: 2 },
);
const common = { id: text, condition, hashAttribute, hashVersion, seed: text, filters };

const parents = (earlier: readonly string[]) =>
  fc.array(
    fc.record(
      {
        id: fc.constantFrom(...earlier, "unknown"),
        condition: fc.oneof(
          value.map((wanted) => ({ value: wanted })),
          condition,
        ) as fc.Arbitrary<Json>,
        gate: fc.boolean(),
      },
      { requiredKeys: ["id", "condition"] },
    ),
    { maxLength: 2 },
  );

const force = (values: fc.Arbitrary<Json>, earlier: readonly string[]) =>
  fc.record(
    { ...common, force: values, coverage: fraction, range, parentConditions: parents(earlier) },
    { requiredKeys: ["force"] },
  );

const experiment = (values: fc.Arbitrary<Json>, earlier: readonly string[]) =>
  fc.integer({ min: 1, max: 4 }).chain((count) =>
    fc.record(
      {
        ...common,
        key: text,
        variations: fc.array(values, { minLength: count, maxLength: count }),
        weights: fc.oneof(
          fc.array(fraction, { minLength: count, maxLength: count }),
          fc.array(fraction, { minLength: count, maxLength: count }).map(shares),
        ),
        coverage: fraction,
        namespace: fc.tuple(text, fraction, fraction),
        ranges: fc.array(range, { minLength: count, maxLength: count }),
        meta: fc.array(fc.record({ key: text, passthrough: fc.boolean() }, { requiredKeys: [] }), {
          minLength: count,
          maxLength: count,
        }),
        parentConditions: parents(earlier),
        phase: text,
        bucketVersion: fc.nat(),
      },
      { requiredKeys: ["variations"] },
    ),
  );

/** Fractions that add up to one. */
function shares(numbers: readonly number[]): number[] {
  const total = numbers.reduce((sum, one) => sum + one, 0) || 1;
  return numbers.map((one) => one / total);
}

const VALUES: readonly fc.Arbitrary<Json>[] = [
  fc.boolean(),
  fc.constantFrom<Json>("on", "off", "ünï", "", "a long value with 'quotes'"),
  fc.constantFrom<Json>(0, 1, 2.5),
  fc.constantFrom<Json>({ a: 1 }, { a: [null] }, [], "text", null),
];

const feature = (earlier: readonly string[]) =>
  fc.constantFrom(...VALUES).chain((values) =>
    fc.record(
      {
        defaultValue: fc.oneof({ weight: 5, arbitrary: values }, fc.constant(null)),
        rules: fc.array(fc.oneof(force(values, earlier), experiment(values, earlier)), { maxLength: 4 }),
      },
      { requiredKeys: [] },
    ),
  );

/** Random payloads of GrowthBook's SDKs: every kind of rule and operator, features that depend on earlier ones. */
export const documents: fc.Arbitrary<Record<string, unknown>> = fc.record({
  features: fc.record({
    first: feature([]),
    "second/feature": feature(["first"]),
    drîtte: feature(["first", "second/feature"]),
  }),
  savedGroups: fc.record({
    list: fc.record({ type: fc.constant("list"), attributeKey: fc.constantFrom("country", "id"), values: scalars }),
    bare: scalars,
    rule: fc.record({ type: fc.constant("condition"), condition }),
  }) as fc.Arbitrary<Json>,
});

const anything: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 8, arbitrary: scalar },
  { weight: 2, arbitrary: scalars },
  fc.constant(null),
  fc.constant({ nested: "DE" }),
);

/** Random attributes of any JSON value. */
export const contexts: fc.Arbitrary<EvaluationContext> = fc.record(
  {
    id: fc.oneof({ weight: 5, arbitrary: fc.string({ unit: "grapheme", maxLength: 8 }) }, anything),
    company: anything,
    "dotted.name": anything,
    country: anything,
    age: anything,
    roles: fc.oneof(scalars, anything),
    version: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...VERSIONS) }, anything),
    address: fc.oneof({ weight: 5, arbitrary: fc.record({ city: anything }) }, anything),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<EvaluationContext>;
