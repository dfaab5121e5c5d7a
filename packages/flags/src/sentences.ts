import type { Condition, Rule, Segment, Serve, Split } from "./model.ts";
import { inWords, listed } from "./words.ts";

/** A condition in words: `country is one of “DE”, “AT” and app_version is at least version 2.3.0`. */
export function describeCondition(condition: Condition): string {
  if ("all" in condition) return joined(condition.all, "and", "everybody");
  if ("any" in condition) return joined(condition.any, "or", "nobody");
  if ("not" in condition) return negated(condition.not);
  if ("segment" in condition) return `is in segment “${condition.segment}”`;
  if ("flag" in condition) return `flag “${condition.flag}” serves ${listed(condition.variants, "or")}`;
  return inWords(condition);
}

/** What is served, in words: `serve “on” to 25 %, “off” to the rest`. */
export function describeServe(serve: Serve): string {
  if ("variant" in serve) return `serve “${serve.variant}”`;
  if ("off" in serve) return "serve what it serves when it is off";
  return describeSplit(serve.split);
}

/** A rule in words: `country is “DE” → serve “on”`. */
export function describeRule({ when, serve }: Pick<Rule, "when" | "serve">): string {
  return `${describeCondition(when)} → ${describeServe(serve)}`;
}

/** Whom a segment holds, in words: its condition, or how many ids of what. */
export function describeSegment(segment: Segment): string {
  if ("when" in segment) return describeCondition(segment.when);
  return `${subject(segment.by)} is one of ${segment.ids.length} in a list`;
}

function joined(parts: readonly Condition[], word: "and" | "or", none: string): string {
  const [only] = parts;
  if (!only) return none;
  return parts.length === 1 ? describeCondition(only) : parts.map(enclosed).join(` ${word} `);
}

/** In brackets where the sentence would otherwise be read in two ways. */
function enclosed(condition: Condition): string {
  const text = describeCondition(condition);
  return isJoint(condition) ? `(${text})` : text;
}

function isJoint(condition: Condition): boolean {
  const parts = "all" in condition ? condition.all : "any" in condition ? condition.any : [];
  const [only] = parts;
  return parts.length > 1 || (only !== undefined && isJoint(only));
}

function negated(condition: Condition): string {
  if ("segment" in condition) return `is not in segment “${condition.segment}”`;
  return `not (${describeCondition(condition)})`;
}

function describeSplit({ by, weights }: Split): string {
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  const given = weights.filter(({ weight }) => weight > 0);
  const shares = given.map(({ variant, weight }, index) => {
    const isRest = index > 0 && index === given.length - 1;
    return `“${variant}” to ${isRest ? "the rest" : `${Number(((100 * weight) / total).toFixed(7))} %`}`;
  });
  const of = by === undefined || by === "targetingKey" ? "" : `, by ${by}`;
  return `serve ${shares.join(", ")}${of}`;
}

function subject(attribute: string | undefined): string {
  return attribute === undefined || attribute === "targetingKey" ? "user id" : attribute;
}
