import { RE2JS } from "re2js";
import type { PatternEngine } from "./operator.ts";

/** Linear still means that a megabyte takes seconds; nothing that people write patterns for is this long. */
const MAX_TEXT_LENGTH = 10_000;

/**
 * RE2 patterns (https://github.com/google/re2/wiki/Syntax), found anywhere in a text, in time linear in its length; a
 * text of more than 10,000 characters matches nothing. A part of its own, so that code which only evaluates does not
 * carry it. Throws an Error that names the fault.
 */
export const re2: PatternEngine = (pattern, ignoreCase) => {
  const compiled = RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  return (text) => text.length <= MAX_TEXT_LENGTH && compiled.matcher(text).find();
};
