import type { Json, Rule, Serve } from "../../model.ts";
import type { Path } from "../report.ts";
import { isScalar } from "../scalar.ts";
import { Unsupported } from "../unsupported.ts";
import type { Scope } from "./condition.ts";

/** A flag as far as its targeting needs to know it. */
export interface Subject {
  readonly key: string;
  readonly variants: readonly string[];
  /** What is served where targeting gives null. */
  readonly otherwise: Serve;
  readonly scope: Scope;
  /** The expression of a shared evaluator. */
  shared(name: string, path: Path): { readonly logic: Json; readonly path: Path };
  note(path: Path, message: string): void;
}

/** A case of the targeting: the first whose condition holds decides. */
export type Case = Pick<Rule, "when" | "serve">;

/** A constant: null is the default variant, anything else names one. */
export function literal(logic: Json, path: Path, subject: Subject): Serve {
  if (logic === null) return subject.otherwise;
  if (!isScalar(logic)) throw new Unsupported(path, "expected the name of a variant");
  return { variant: named(String(logic), path, subject) };
}

/** A variant's name that exists. */
export function named(variant: string, path: Path, subject: Subject): string {
  if (subject.variants.includes(variant)) return variant;
  throw new Unsupported(path, `there is no variant '${variant}', which flagd answers with an error`);
}
