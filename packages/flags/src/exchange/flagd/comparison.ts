import type { Condition, Json, NumberOp, Scalar, VersionOp } from "../../model.ts";
import { all, any, negated, NEVER } from "../logic.ts";
import type { Path } from "../report.ts";
import { isList, isScalar } from "../scalar.ts";
import { Unsupported } from "../unsupported.ts";
import { operand, type Operand, type Operation } from "./logic.ts";
import { decided, dialect, nameOf, over, present } from "./question.ts";

const ORDERS: Readonly<Record<string, { readonly op: NumberOp; readonly flipped: NumberOp }>> = {
  "<": { op: "less", flipped: "greater" },
  "<=": { op: "at_most", flipped: "at_least" },
  ">": { op: "greater", flipped: "less" },
  ">=": { op: "at_least", flipped: "at_most" },
};

/** Reads an operation that compares; `key` is the flag's, undefined within a shared evaluator. Throws `Unsupported`. */
export function comparison({ op, args, at }: Operation, path: Path, key: string | undefined): Condition {
  const given = args.map((arg, index) => operand(arg, at(index), key));
  const order = ORDERS[op];
  if (order && given.length >= 2) {
    return all(given.slice(1).map((right, index) => ordered(order, given[index], right, path)));
  }

  const [left, right, third] = given;
  if (!left || !right) throw new Unsupported(path, `expected two arguments of '${op}'`);
  switch (op) {
    case "==":
    case "===":
      return equal(op.length === 3, left, right, path);
    case "!=":
    case "!==":
      return negated(equal(op.length === 3, left, right, path));
    case "in":
      return contained(left, right, path);
    case "starts_with":
    case "ends_with":
      return affixed(op, left, right, path);
    case "sem_ver":
      return versioned(left, right, third, path);
    default:
      throw new Unsupported(path, `the operator '${op}' has no counterpart`);
  }
}

/** An attribute and a constant, whichever side they are on; two constants are compared now. */
function sides(left: Operand, right: Operand, path: Path): { readonly value: Operand; readonly wanted: Json } {
  if ("known" in right) return { value: left, wanted: right.known };
  if ("known" in left) return { value: right, wanted: left.known };
  throw new Unsupported(path, "two attributes are compared with each other");
}

function equal(isStrict: boolean, left: Operand, right: Operand, path: Path): Condition {
  const { value, wanted } = sides(left, right, path);
  if (wanted === null) return over(value, (known) => known === null, negated(present(value)));
  if (!isScalar(wanted)) throw new Unsupported(path, "a list is compared as a whole");

  const attribute = nameOf(value);
  if (isStrict) return over(value, (known) => known === wanted, { attribute, op: "equals", value: wanted });
  return decided(value, { attribute, op: "equals", value: wanted, dialect });
}

type Order = { readonly op: NumberOp; readonly flipped: NumberOp };

function ordered(order: Order, left: Operand | undefined, right: Operand, path: Path): Condition {
  if (!left) throw new Unsupported(path, "expected two arguments");
  const { value, wanted } = sides(left, right, path);
  const limit = typeof wanted === "boolean" || wanted === null ? Number(wanted) : wanted;
  if (!isScalar(limit) || typeof limit === "boolean") throw new Unsupported(path, "a list is compared as a whole");
  return decided(value, {
    attribute: nameOf(value),
    op: "known" in right ? order.op : order.flipped,
    value: limit,
    dialect,
  });
}

/** `in`: an attribute within a list of constants, or a constant within an attribute that is a text or a list. */
function contained(item: Operand, within: Operand, path: Path): Condition {
  if ("known" in within) {
    if (!isList(within.known)) throw new Unsupported(path, "an attribute is looked for within a text");
    const list = within.known;
    const listed: Condition = { attribute: nameOf(item), op: "one_of", values: list.filter(isScalar) };
    const asked = list.includes(null) ? any([listed, negated(present(item))]) : listed;
    return over(item, (known) => list.includes(known), asked);
  }
  if (!("known" in item) || !isScalar(item.known)) throw new Unsupported(path, "expected one value to look for");

  const wanted = item.known;
  const attribute = within.attribute;
  const asked = any([textWith(attribute, String(wanted)), { attribute, op: "has_any", values: [wanted] }]);
  return over(within, (known) => typeof known === "string" && known !== "" && known.includes(String(wanted)), asked);
}

/** An empty text holds nothing, not even the empty one. */
function textWith(attribute: string, part: string): Condition {
  const found: Condition = { attribute, op: "contains", values: [part] };
  return part === "" ? all([found, negated({ attribute, op: "equals", value: "" })]) : found;
}

function affixed(op: "starts_with" | "ends_with", left: Operand, right: Operand, path: Path): Condition {
  if (!("known" in right)) throw new Unsupported(path, "expected the second argument to be constant");
  const part = right.known;
  if (typeof part !== "string") return NEVER;
  const method = op === "starts_with" ? "startsWith" : "endsWith";
  const asked: Condition = { attribute: nameOf(left), op, values: [part] };
  return over(left, (known) => typeof known === "string" && known[method](part), asked);
}

const VERSIONS: Readonly<Record<string, VersionOp>> = {
  "=": "semver_equals",
  "<": "semver_less",
  "<=": "semver_at_most",
  ">": "semver_greater",
  ">=": "semver_at_least",
  "^": "semver_same_major",
  "~": "semver_same_minor",
};

function versioned(left: Operand, operator: Operand, right: Operand | undefined, path: Path): Condition {
  if (!("known" in operator) || !right || !("known" in right) || !isScalar(right.known)) {
    throw new Unsupported(path, "expected the operator and the version to be constant");
  }
  const value = String(right.known satisfies Scalar);
  const compared = (op: VersionOp) => decided(left, { attribute: nameOf(left), op, value, dialect });
  // Not `not`: what is no version is not unequal either.
  if (operator.known === "!=") return any([compared("semver_less"), compared("semver_greater")]);
  const op = typeof operator.known === "string" ? VERSIONS[operator.known] : undefined;
  return op ? compared(op) : NEVER;
}
