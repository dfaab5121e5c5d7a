import {
  type Condition,
  describeCondition,
  describeSegment,
  describeServe,
  type Difference,
  type Flag,
  type Path,
  type Rule,
  type Segment,
  type Serve,
} from "@beq/flags";
import { own } from "../../lib/own.ts";

const fields: Readonly<Record<string, string>> = {
  enabled: "Switch",
  otherwise: "Everybody else",
  off: "When off",
  requires: "Requires",
  rules: "Rule",
  variants: "Variant",
  bucketing: "Bucketing",
  when: "condition",
  serve: "serves",
  segment: "Segment",
  description: "Description",
  owner: "Owner",
  tags: "Tags",
  lifetime: "Lifetime",
  type: "Type",
  schema: "Schema",
  ids: "Ids",
  by: "Identified by",
};

/** Where a difference is, for a person: `Rule “beta” · serves · weights · on · weight`. */
export function placeInWords(path: Path): string {
  if (path.length === 0) return "All of it";
  const [first, second, ...rest] = path;
  const words = own(fields, String(first)) ?? String(first);
  const isNamed = first === "rules" || first === "variants" || first === "requires";
  const head = isNamed && second !== undefined ? `${words} “${second}”` : words;
  return [head, ...stepsInWords(isNamed ? rest : path.slice(1))].join(" · ");
}

function stepsInWords(steps: Path): string[] {
  return steps.flatMap((step, index) => {
    // The names of variants are people's own words, whatever field they look like.
    if (steps[index - 1] === "weights") return [`“${step}”`];
    return structural.includes(String(step)) ? [] : [own(fields, String(step)) ?? `${step}`];
  });
}

/** Where a problem is. Problems count rules and conditions by their places. */
export function partInWords([first, second]: Path): string | null {
  if (first === undefined) return null;
  if (typeof second === "number") return `${own(fields, String(first)) ?? String(first)} ${second + 1}`;
  return placeInWords(first === "variants" && second !== undefined ? [first, second] : [first]);
}

// They say how a document is built, not what it means.
const structural = ["split", "weights", "weight", "variant"];

export type Line = { place: string; before: string | null; after: string | null };

/** A difference as one line: what was there and what is there now; null is nothing. */
export function lineOf(difference: Difference): Line {
  const { path } = difference;
  const place = placeInWords(path);
  switch (difference.kind) {
    case "added":
      return { place, before: null, after: valueInWords(path, difference.after) };
    case "removed":
      return { place, before: valueInWords(path, difference.before), after: null };
    case "changed":
      return { place, before: valueInWords(path, difference.before), after: valueInWords(path, difference.after) };
    case "moved":
      return { place, before: `place ${difference.before + 1}`, after: `place ${difference.after + 1}` };
    case "entries":
      return {
        place,
        before: entriesInWords(difference.removed, difference.removed_count),
        after: entriesInWords(difference.added, difference.added_count),
      };
  }
}

const longest = 300;

/** A value at a place of a flag or segment, as a sentence where it is a rule, a condition or something served. */
export function valueInWords(path: Path, value: unknown): string {
  if (value === undefined) return "nothing";
  const text = sentenceOf(path, value) ?? JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

// What a place holds is what the document's shape says; a document of a later BeQ is shown as JSON.
function sentenceOf(path: Path, value: unknown): string | undefined {
  const [first] = path;
  const last = path.at(-1);
  try {
    if (path.length === 0 && isObject(value))
      return "variants" in value ? inShort(value as Flag) : describeSegment(value as Segment);
    if (first === "enabled") return value === true ? "on" : "off";
    if (first === "rules" && path.length === 2) return ruleInWords(value as Rule);
    if (last === "when" || (path.includes("when") && isObject(value) && !Array.isArray(value)))
      return describeCondition(value as Condition);
    if (last === "serve" || (first === "otherwise" && path.length === 1)) return describeServe(value as Serve);
    if (Array.isArray(value) && value.every((entry) => typeof entry === "string")) return value.join(", ");
    return typeof value === "string" && first !== "variants" ? `“${value}”` : undefined;
  } catch {
    return undefined;
  }
}

/** A whole flag in a line: `2 rules, else serve “off”`. */
export function inShort(flag: Flag | null): string {
  if (!flag) return "nothing";
  if (!flag.enabled) return `off for everybody${flag.off === null ? "" : `: “${flag.off}”`}`;
  const { length } = flag.rules;
  const rules = length === 0 ? "" : `${length === 1 ? "1 rule" : `${length} rules`}, else `;
  return `${rules}${describeServe(flag.otherwise)}`;
}

function ruleInWords({ when, serve }: Rule): string {
  return `${describeCondition(when)} → ${describeServe(serve)}`;
}

function entriesInWords(entries: readonly unknown[], count: number): string | null {
  if (count === 0) return null;
  const more = count > entries.length ? ` and ${(count - entries.length).toLocaleString("en")} more` : "";
  return `${entries.map(String).join(", ")}${more}`;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
