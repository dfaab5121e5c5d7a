import type { Json, Scalar } from "../../model.ts";
import { dotted } from "../pointer.ts";
import type { Path } from "../report.ts";
import { isList, isScalar } from "../scalar.ts";
import { Unsupported } from "../unsupported.ts";

/** An operand of JsonLogic: known now, or an attribute (named as ours are) that may have a default. */
export type Operand = { readonly known: Json } | { readonly attribute: string; readonly fallback: Scalar | null };

/** An operation, its arguments always a list. */
export interface Operation {
  readonly op: string;
  readonly args: readonly Json[];
  /** Where each argument stands. */
  at(index: number): Path;
}

/** The operation that an expression is; undefined for a literal. */
export function operation(logic: Json, path: Path): Operation | undefined {
  if (typeof logic !== "object" || logic === null || isList(logic)) return undefined;

  const [entry, second] = Object.entries(logic);
  if (!entry || second) throw new Unsupported(path, "expected an object with one operator");
  const [op, value] = entry;
  if (isList(value)) return { op, args: value, at: (index) => [...path, op, index] };
  return { op, args: [value], at: () => [...path, op] };
}

/** Reads a constant, an attribute, or a `cat` of constants. `$flagd.flagKey` is known: it is the flag's key. */
export function operand(logic: Json, path: Path, key: string | undefined): Operand {
  const found = operation(logic, path);
  if (!found) return { known: logic };
  if (found.op === "var") return variable(found, path, key);
  if (found.op !== "cat") throw new Unsupported(path, `the value of '${found.op}' cannot be compared`);

  const parts = found.args.map((part, index) => operand(part, found.at(index), key));
  const known = parts.map((part) => ("known" in part && isScalarOrNull(part.known) ? part.known : undefined));
  if (known.includes(undefined)) throw new Unsupported(path, "a 'cat' of attributes can only be a bucketing value");
  return { known: known.map((part) => part ?? "").join("") };
}

function variable({ args }: Operation, path: Path, key: string | undefined): Operand {
  const [name, fallback = null] = args;
  if (typeof name !== "string" || name === "") throw new Unsupported(path, "expected 'var' to name an attribute");
  if (!isScalarOrNull(fallback)) throw new Unsupported(path, "expected the default of 'var' to be one value");
  if (name === "$flagd.flagKey") {
    if (key === undefined) throw new Unsupported(path, "a shared evaluator cannot depend on the flag's key");
    return { known: key };
  }
  return { attribute: dotted(name), fallback };
}

function isScalarOrNull(value: unknown): value is Scalar | null {
  return value === null || isScalar(value);
}
