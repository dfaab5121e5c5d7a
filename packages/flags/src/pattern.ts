import { RE2JS } from "re2js";
import type { PatternEngine } from "./operator.ts";

/**
 * RE2 patterns (https://github.com/google/re2/wiki/Syntax), found anywhere in a text, in time linear in its length.
 * A part of its own, so that code which only evaluates does not carry it. Throws an Error that names the fault.
 */
export const re2: PatternEngine = (pattern, ignoreCase) => {
  const compiled = RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  return (text) => compiled.matcher(text).find();
};
