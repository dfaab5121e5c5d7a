import type { Path } from "@beq/flags";

/** The members that hold lists whose entries have names, and the member that is the name. */
const named: Readonly<Record<string, string>> = { rules: "id", requires: "flag", weights: "variant" };

type Members = Readonly<Record<string, unknown>>;

/** What is at a place of a flag or a segment; entries of rules, requirements and weights are found by their name. */
export function at(part: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step, depth) => {
    if (!isObject(value)) return undefined;
    if (!Array.isArray(value)) return Object.hasOwn(value, step) ? (value as Members)[step] : undefined;
    const by = nameIn(path, depth);
    return by
      ? value.find((entry: unknown) => isObject(entry) && (entry as Members)[by] === step)
      : value[Number(step)];
  }, part);
}

/**
 * The part with `value` at the place. `undefined` removes what is there, an entry that does not exist yet is added at
 * the end, and a list of names at the place of a named list puts its entries in that order.
 */
export function put<T>(part: T, path: Path, value: unknown): T {
  // The kind of thing at each level stays what it was.
  return placed(part, path, 0, value) as T;
}

function placed(part: unknown, path: Path, depth: number, value: unknown): unknown {
  const step = path[depth];
  if (step === undefined) return isOrder(path, part, value) ? ordered(part, value, nameAfter(path)) : value;
  if (Array.isArray(part)) return inList(part, path, depth, value);

  const members: Members = isObject(part) ? (part as Members) : {};
  const next = placed(Object.hasOwn(members, step) ? members[step] : undefined, path, depth + 1, value);
  const others = Object.entries(members).filter(([name]) => name !== String(step));
  if (next === undefined) return Object.fromEntries(others);
  return Object.hasOwn(members, step)
    ? Object.fromEntries(Object.entries(members).map(([name, old]) => [name, name === String(step) ? next : old]))
    : { ...members, [step]: next };
}

function inList(list: readonly unknown[], path: Path, depth: number, value: unknown): unknown[] {
  const by = nameIn(path, depth);
  const step = path[depth];
  const index = by
    ? list.findIndex((entry) => isObject(entry) && (entry as Members)[by] === step)
    : Math.min(Number(step), list.length);
  const next = placed(index < 0 ? undefined : list[index], path, depth + 1, value);
  if (next === undefined) return index < 0 ? [...list] : list.toSpliced(index, 1);
  return index < 0 ? [...list, next] : list.toSpliced(index, 1, next);
}

function isOrder(path: Path, part: unknown, value: unknown): part is Members[] {
  return nameAfter(path) !== "" && Array.isArray(part) && isTexts(value);
}

function ordered(entries: readonly Members[], names: unknown, by: string): Members[] {
  const order = isTexts(names) ? names : [];
  const place = (entry: Members) => {
    const index = order.indexOf(String(entry[by]));
    // What the other side does not know keeps its place behind.
    return index < 0 ? order.length : index;
  };
  return entries.toSorted((a, b) => place(a) - place(b));
}

function nameIn(path: Path, depth: number): string | undefined {
  const list = path[depth - 1];
  return isNamedList(path, depth - 1) ? named[String(list)] : undefined;
}

function nameAfter(path: Path): string {
  return isNamedList(path, path.length - 1) ? (named[String(path.at(-1))] ?? "") : "";
}

/** Variants may be called “rules” too: only the flag's own lists, and the weights of a split, have names. */
function isNamedList(path: Path, depth: number): boolean {
  const step = path[depth];
  return step === "weights" ? path[depth - 1] === "split" : depth === 0 && (step === "rules" || step === "requires");
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
