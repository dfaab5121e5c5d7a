import type { Path } from "./report.ts";
import { Unsupported } from "./unsupported.ts";

/** What JavaScript's classes hold and RE2's of the same name do not. */
const SPACES =
  "\\t\\n\\x0b\\x0c\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";
const LINE_ENDS = "\\n\\r\\x{2028}\\x{2029}";

/**
 * A JavaScript pattern in RE2's words; undefined for one that JavaScript refuses, which matches nothing there. Throws
 * `Unsupported` for what RE2 has not (look-around, back references) and for what counts UTF-16 units where RE2 counts
 * characters.
 */
export function re2Pattern(pattern: string, path: Path): string | undefined {
  if (!isPattern(pattern)) return undefined;

  // An escape, a class, a group's head, a dot (with what repeats it), or any other character.
  const tokens = pattern.match(
    /\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|k<|.)|\[(?:\\.|[^\]\\])*\]|\(\?<?[=!:]?|\.[*+?{]?|[^]/gs,
  );
  return (tokens ?? []).map((token) => translated(token, path)).join("");
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}

function translated(token: string, path: Path): string {
  if (token.startsWith("(?")) {
    if (token === "(?:") return token;
    throw new Unsupported(path, "the pattern looks around or names a group, which RE2 does not in this way");
  }
  if (token.startsWith("[")) return characters(token, path);
  if (token.startsWith(".")) return dot(token, path);
  return token.startsWith("\\") && token.length > 1 ? escaped(token, path) : token;
}

function dot(token: string, path: Path): string {
  const repeated = token.slice(1);
  if (repeated !== "*" && repeated !== "+")
    throw new Unsupported(path, "the pattern counts '.', of which RE2 counts fewer");
  return `[^${LINE_ENDS}]${repeated}`;
}

function escaped(token: string, path: Path, isInClass = false): string {
  const letter = token.charAt(1);
  if (/[dwDW/.\\^$*+?()[\]{}|tnrfv-]/.test(letter) && !(isInClass && /[DW]/.test(letter))) {
    // Not a digit, not a word: astral characters are two of those in JavaScript.
    if (/[DW]/.test(letter)) throw new Unsupported(path, `the pattern counts '${token}', of which RE2 counts fewer`);
    return letter === "/" ? "/" : token;
  }
  if (letter === "s") return isInClass ? SPACES : `[${SPACES}]`;
  if ((letter === "b" || letter === "B") && !isInClass) return token;
  if ((letter === "u" || letter === "x") && token.length > 2) return `\\x{${token.slice(2)}}`;
  throw new Unsupported(path, `the pattern's '${token}' has no counterpart`);
}

function characters(token: string, path: Path): string {
  const inner = token.slice(1, -1);
  if (inner === "" || inner.startsWith("^")) throw new Unsupported(path, `the pattern's '${token}' has no counterpart`);
  const parts = inner.match(/\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)|[^]/gs) ?? [];
  if (/[\ud800-\udfff]/.test(inner)) throw new Unsupported(path, "the pattern's class holds half characters");
  return `[${parts.map((part) => (part.length > 1 ? escaped(part, path, true) : part.replace("[", "\\["))).join("")}]`;
}
