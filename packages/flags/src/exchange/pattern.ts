import { re2 } from "../pattern.ts";
import { re2Pattern } from "./regexp.ts";
import type { Path } from "./report.ts";
import type { Place } from "./shape.ts";
import { Unsupported } from "./unsupported.ts";

/**
 * A JavaScript pattern as an RE2 one. Undefined, with a note, when JavaScript refuses it: such a pattern never matches.
 * One that RE2 reads, if not in every detail alike, is taken and reported. Throws Unsupported for what RE2 has not.
 */
export function javascriptPattern(pattern: string, { name, path, findings }: Place): string | undefined {
  const exact = exactly(pattern, path);
  if (exact === undefined) {
    findings.note(name, path, `the pattern '${pattern}' is broken: it never matches, in the former system neither`);
    return undefined;
  }
  if (typeof exact === "string" && isReadable(exact)) return exact;
  if (!isReadable(pattern)) throw new Unsupported(path, `the pattern '${pattern}' needs what RE2 has not`);

  const why = exact instanceof Unsupported ? exact.message : "RE2 reads it in its own way";
  findings.differs(name, path, `the pattern '${pattern}' is left as it is: ${why}`);
  return pattern;
}

function exactly(pattern: string, path: Path): string | Unsupported | undefined {
  try {
    return re2Pattern(pattern, path);
  } catch (error) {
    if (error instanceof Unsupported) return error;
    throw error;
  }
}

function isReadable(pattern: string): boolean {
  try {
    re2(pattern, false);
    return true;
  } catch {
    return false;
  }
}
