import * as fc from "fast-check";
import type { EvaluationContext, Json } from "../../model.ts";

const TEXTS = ["", "DE", "de", "Zürich", "user-1", "a@b.example", "@b.example", "😀", "1", "21", "true", "admin"];
const NUMBERS = [0, 1, 5, 21, -1, 0.5, 1e21];
const VERSIONS = ["1.2.3", "v1.2.3", "1.2", "2", "1.2.3-beta.2", "1.10.0+build", "1.2.3.4", "nightly", "2.0.0"];
const NAMES = ["country", "age", "roles", "version", "plan", "address.city", "targetingKey"];
const VARIANTS = ["on", "off", "true", "false", "ünï"] as const;

const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS) },
  fc.string({ unit: "grapheme", maxLength: 6 }),
);
const scalar: fc.Arbitrary<Json> = fc.oneof(
  { weight: 5, arbitrary: text },
  { weight: 3, arbitrary: fc.constantFrom<Json>(...NUMBERS) },
  fc.boolean(),
);
const name = fc.constantFrom(...NAMES);
const attribute: fc.Arbitrary<Json> = fc.oneof(
  { weight: 6, arbitrary: name.map((one) => ({ var: one })) },
  // `tier` is never null: the library takes the default for a null in compiled rules only, JsonLogic always.
  { weight: 1, arbitrary: scalar.map((fallback) => ({ var: ["tier", fallback] })) },
  { weight: 1, arbitrary: name.map((one) => ({ var: [one] })) },
);
const constant: fc.Arbitrary<Json> = fc.oneof(
  { weight: 8, arbitrary: scalar },
  fc.constant(null),
  fc.constant({ var: "$flagd.flagKey" }),
  fc.array(text, { maxLength: 2 }).map((parts) => ({ cat: parts })),
);
/** Texts before the surrogates, where the order of UTF-16 units is that of UTF-8 bytes. */
const limit = fc.constantFrom<Json>(...NUMBERS, "", "DE", "Zürich", "user-1", "1", "21");
const swapped = (op: string, left: Json, right: Json, isSwapped: boolean): Json => ({
  [op]: isSwapped ? [right, left] : [left, right],
});

const comparison: fc.Arbitrary<Json> = fc.oneof(
  fc
    .tuple(fc.constantFrom("==", "!=", "===", "!=="), attribute, constant, fc.boolean())
    // The library holds null to equal 0 and false.
    .filter(([op, , right]) => op.length === 3 || (right !== 0 && right !== false && right !== null))
    .map(([op, left, right, flip]) => swapped(op, left, right, flip)),
  fc
    .tuple(fc.constantFrom("<", "<=", ">", ">="), attribute, limit, fc.boolean())
    .map(([op, left, right, flip]) => swapped(op, left, right, flip)),
  fc.tuple(attribute, fc.constantFrom<Json>(...NUMBERS), fc.constantFrom<Json>(...NUMBERS)).map(([one, from, to]) => ({
    "<=": [from, one, to],
  })),
  fc.tuple(attribute, fc.array(scalar, { maxLength: 4 })).map(([one, values]) => ({ in: [one, values] })),
  fc.tuple(constant, attribute).map(([one, within]) => ({ in: [one, within] })),
  fc
    .tuple(fc.constantFrom("starts_with", "ends_with"), attribute, text)
    .map(([op, one, part]) => ({ [op]: [one, part] })),
  fc
    .tuple(fc.constantFrom("=", "!=", "<", "<=", ">", ">=", "^", "~"), fc.constantFrom(...VERSIONS))
    .map(([op, version]) => ({ sem_ver: [{ var: "version" }, op, version] })),
  attribute,
);

const condition: fc.Arbitrary<Json> = fc.letrec<{ node: Json }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    { weight: 6, arbitrary: comparison },
    fc.constantFrom<Json>({ $ref: "shared" }, true, false, "", 0),
    fc.array(tie("node"), { maxLength: 3 }).map((and) => ({ and })),
    fc.array(tie("node"), { maxLength: 3 }).map((or) => ({ or })),
    // `if`: the library's `!` and `!!` of a list itself ask its first element.
    tie("node").map((one) => ({ "!": [{ if: [one, true, false] }] })),
    tie("node").map((one) => ({ "!!": [{ if: [one, true, false] }] })),
    fc.array(tie("node"), { minLength: 1, maxLength: 5 }).map((parts) => ({ if: parts })),
  ),
})).node;

const weight: fc.Arbitrary<Json> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<Json>(0, 1, 25, 50, 100, 999, 100_000, 2 ** 31 - 1) },
  fc.constantFrom<Json>(-1, 0.5),
);
const variant = fc.constantFrom<Json>("on", "off", "ünï", true, null);
const share: fc.Arbitrary<Json> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(variant, weight).map((pair) => pair as Json) },
  variant.map((one) => [one]),
);
/** `plan` is never a list: the report says of those that they are no ids. */
const bucketing: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>({ var: "plan" }, { var: ["plan"] }, { var: "account.plan" }),
  text.map((salt) => ({ cat: [salt, { var: "plan" }] })),
  fc.constant({ cat: [{ var: "$flagd.flagKey" }, { var: "plan" }] }),
  text,
);
const fractional: fc.Arbitrary<Json> = fc.oneof(
  { weight: 3, arbitrary: fc.array(share, { minLength: 1, maxLength: 4 }).map((parts) => ({ fractional: parts })) },
  fc
    .tuple(bucketing, fc.array(share, { minLength: 1, maxLength: 4 }))
    .map(([by, parts]) => ({ fractional: [by, ...parts] })),
);

const targeting: fc.Arbitrary<Json> = fc.letrec<{ node: Json }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    { weight: 3, arbitrary: variant },
    { weight: 3, arbitrary: fractional },
    { weight: 1, arbitrary: comparison },
    {
      weight: 5,
      arbitrary: fc
        .tuple(condition, tie("node"), fc.array(fc.oneof(condition, tie("node")), { maxLength: 1 }), tie("node"))
        .map(([test, then, [other], last]) => ({ if: other ? [test, then, other, then, last] : [test, then, last] })),
    },
    fc.tuple(condition, tie("node")).map((parts) => ({ if: parts })),
    fc.constant({ $ref: "shares" }),
  ),
})).node;

const values = fc.constantFrom<Json>(
  { on: "ON", off: "OFF", true: "TRUE", false: "", ünï: "💡" },
  { on: 1, off: 0, true: 2.5, false: -1, ünï: 1e21 },
  { on: true, off: false, true: true, false: false, ünï: true },
  { on: { a: 1 }, off: {}, true: { b: [null, "ü"] }, false: { c: false }, ünï: { d: {} } },
);
const flag: fc.Arbitrary<Json> = fc.record(
  {
    state: fc.oneof({ weight: 6, arbitrary: fc.constant("ENABLED") }, fc.constant("DISABLED")),
    variants: values,
    defaultVariant: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...VARIANTS) }, fc.constant(null)),
    targeting: fc.oneof({ weight: 8, arbitrary: targeting.filter((one) => typeof one === "object") }, fc.constant({})),
    metadata: fc.constant({ owner: "team" }),
  },
  { requiredKeys: ["state", "variants"] },
) as fc.Arbitrary<Json>;

/** Random flagd documents: all of what JsonLogic offers to conditions, shares of every form, shared evaluators. */
export const documents: fc.Arbitrary<Record<string, unknown>> = fc.record({
  flags: fc.record({ first: flag, "second/flag": flag, drîtte: flag }),
  $evaluators: fc.record({
    shared: comparison.filter((one) => !JSON.stringify(one).includes("$flagd")),
    shares: fractional,
  }),
});

const anything: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 8, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  fc.constant(null),
  fc.constant({ nested: "DE" }),
);

/** Random contexts of any JSON value. */
export const contexts: fc.Arbitrary<EvaluationContext> = fc.record(
  {
    targetingKey: fc.oneof({ weight: 5, arbitrary: fc.string({ unit: "grapheme", maxLength: 8 }) }, text),
    country: anything,
    age: anything,
    roles: fc.oneof(fc.array(scalar, { maxLength: 3 }), anything),
    version: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...VERSIONS) }, anything),
    tier: scalar,
    plan: fc.oneof({ weight: 3, arbitrary: scalar }, fc.constant(null)),
    account: fc.record({ plan: scalar }),
    // Within a value that is not true, the library finds that value itself.
    address: fc.oneof({ weight: 5, arbitrary: fc.record({ city: anything }) }, anything.filter(Boolean)),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<EvaluationContext>;
