import type { Condition } from "@beq/flags";

/** A condition without the `not` around it, and whether there was one. Two of them cancel each other. */
export function peel(condition: Condition): { inner: Condition; negated: boolean } {
  let negated = false;
  let inner = condition;
  while ("not" in inner) {
    negated = !negated;
    inner = inner.not;
  }
  return { inner, negated };
}

/** The opposite of {@link peel}. */
export function wrap(inner: Condition, negated: boolean): Condition {
  return negated ? { not: inner } : inner;
}

export type Word = "all" | "any";

/** Several conditions under one word. */
export type Group = { word: Word; parts: readonly Condition[] };

/** The condition as a group, if it is one. */
export function groupOf(condition: Condition): Group | undefined {
  if ("all" in condition) return { word: "all", parts: condition.all };
  return "any" in condition ? { word: "any", parts: condition.any } : undefined;
}

export function group({ word, parts }: Group): Condition {
  return word === "all" ? { all: parts } : { any: parts };
}

/** The condition with one more beside it. What is no group yet becomes one in which all must hold. */
export function beside(condition: Condition, added: Condition): Condition {
  const known = groupOf(condition);
  if (known) return group({ ...known, parts: [...known.parts, added] });
  return { all: [condition, added] };
}

/** The parts with another one at `index`, or without it where `next` is null. */
export function replaced(parts: readonly Condition[], index: number, next: Condition | null): Condition[] {
  return parts.flatMap((part, at) => (at === index ? (next ?? []) : part));
}

/** A group of one says no more than that one; what it is in reads more easily without it. */
export function tidy(condition: Condition): Condition {
  const known = groupOf(condition);
  const [only] = known?.parts ?? [];
  return known?.parts.length === 1 && only ? only : condition;
}

/** What a person begins with who adds a condition. */
export const blank: Condition = { attribute: "", op: "equals", value: "" };

/** How an attribute is called on the page: the one that names the user has a name of its own. */
export function attributeName(attribute: string): string {
  return attribute === "targetingKey" ? "user id" : attribute;
}

/** The attribute that somebody means who types this. */
export function attributeNamed(typed: string): string {
  return /^user[ _]?id$/i.test(typed.trim()) ? "targetingKey" : typed.trim();
}

/** Every attribute that a flag or a segment reads anywhere, each once. */
export function attributesIn(part: unknown): string[] {
  if (typeof part !== "object" || part === null) return [];
  const own = Object.entries(part).flatMap(([name, value]) =>
    (name === "attribute" || name === "by") && typeof value === "string" ? [value] : attributesIn(value),
  );
  return [...new Set(own)].filter(Boolean);
}
