import * as fc from "fast-check";

/** Bodies that no client sends, and some that are nearly right: random ones, and `near` with any parts replaced. */
export function nastyBodies(near: Record<string, unknown>): fc.Arbitrary<string> {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom("__proto__", "constructor", "toString", "\u0000", "\ud800", "x".repeat(9_000), -1, 1e308, 2 ** 53),
  );
  const name = fc.oneof(fc.string(), fc.constantFrom("__proto__", ...namesIn(near)));
  const replaced = fc.tuple(fc.constantFrom(...pathsIn(near)), value).map(([path, part]) => without(near, path, part));
  const deep = fc.constantFrom(10, 1_000, 20_000).map((depth) => "[".repeat(depth) + "]".repeat(depth));
  return fc.oneof(
    { weight: 2, arbitrary: fc.string({ maxLength: 300 }) },
    { weight: 2, arbitrary: fc.json({ maxDepth: 3 }) },
    { weight: 3, arbitrary: fc.dictionary(name, value).map((object) => JSON.stringify(object)) },
    { weight: 6, arbitrary: replaced.map((object) => JSON.stringify(object)) },
    { weight: 1, arbitrary: deep.map((text) => JSON.stringify(near).replace(/\}$/, `,"more":${text}}`)) },
  );
}

type Path = readonly string[];

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [
    ...(path.length > 0 ? [path] : []),
    ...Object.entries(value).flatMap(([name, part]) => pathsIn(part, [...path, name])),
  ];
}

function namesIn(value: unknown): string[] {
  return pathsIn(value).flatMap((path) => path.at(-1) ?? []);
}

function without(value: unknown, [first, ...rest]: Path, part: unknown): unknown {
  if (first === undefined) return part;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...(value as object) };
  const members = copy as Record<string, unknown>;
  members[first] = without(members[first], rest, part);
  return copy;
}
