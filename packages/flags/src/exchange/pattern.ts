import { re2 } from "../pattern.ts";
import type { Place } from "./shape.ts";
import { Unsupported } from "./unsupported.ts";

/** Escapes that mean the same in JavaScript and RE2; before anything but a letter or digit, the character itself. */
const SAME_ESCAPES = /\\(?:[dDwWbBnrtfv]|x[0-9A-Fa-f]{2}|[^A-Za-z0-9])/g;

/**
 * A JavaScript pattern as an RE2 one. Undefined, with a note, when JavaScript cannot read it: such a pattern never
 * matches. Throws Unsupported for what RE2 lacks (looking around, back references). Where both read a pattern and may
 * disagree, that is reported.
 */
export function javascriptPattern(pattern: string, { name, path, findings }: Place): string | undefined {
  if (!isReadable(() => new RegExp(pattern))) {
    findings.note(name, path, `the pattern '${pattern}' is broken: it never matches, in the former system neither`);
    return undefined;
  }
  if (!isReadable(() => re2(pattern, false))) {
    throw new Unsupported(path, `the pattern '${pattern}' needs what RE2 has not`);
  }
  const doubt = doubtOf(pattern);
  if (doubt) findings.differs(name, path, `the pattern '${pattern}': ${doubt}`);
  return pattern;
}

function doubtOf(pattern: string): string | undefined {
  const plain = pattern.replace(SAME_ESCAPES, "");
  if (plain.includes("\\")) return "an escape that RE2 reads in its own way";
  if (plain.includes("[[") || plain.includes("[]") || plain.includes("[^]")) return "a class that RE2 reads in its own way";
  if (plain.includes(".") || plain.includes("[^") || /\\[DW]/.test(pattern)) {
    return "RE2 counts a character beyond U+FFFF as one, and ends lines only at \\n";
  }
  return undefined;
}

function isReadable(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
