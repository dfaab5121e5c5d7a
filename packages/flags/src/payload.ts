import { z } from "zod";
import type { Flag, Json } from "./model.ts";
import { plain, type Path, type Problem } from "./problem.ts";

/** What a schema may not use, because checking it has no bound: an editor could stop the process with it. */
const UNBOUNDED: Readonly<Record<string, string>> = {
  pattern: "a pattern in a schema can take for ever; say it by enum, format, minLength and maxLength",
  patternProperties: "a pattern in a schema can take for ever; name the properties",
  $ref: "a reference in a schema can lead in circles; write what it refers to in its place",
  $dynamicRef: "a reference in a schema can lead in circles; write what it refers to in its place",
};
const DATA: ReadonlySet<string> = new Set(["enum", "const", "default", "examples"]);
/** Members whose own members have names of the author's. */
const BY_NAME: ReadonlySet<string> = new Set(["properties", "$defs", "definitions", "dependentSchemas"]);

/** The problems of a flag's schema, and of values that do not satisfy it. `at`: where the flag is. */
export function checkPayloads(flag: Flag, at: Path): Problem[] {
  if (!flag.schema) return [];
  const path = [...at, "schema"];
  if (flag.type !== "json") return [{ path, message: "only a json flag has a schema" }];

  const unbounded = [...unboundedIn(flag.schema, path)];
  if (unbounded.length > 0) return unbounded;
  try {
    return unsatisfied(flag.variants, flag.schema, at);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [{ path, message: `not a JSON Schema that can be checked: ${why}` }];
  }
}

function* unboundedIn(schema: Json, path: Path): Generator<Problem> {
  if (typeof schema !== "object" || schema === null) return;
  for (const [name, part] of Object.entries(schema)) {
    const at = [...path, Array.isArray(schema) ? Number(name) : name];
    const why = Object.hasOwn(UNBOUNDED, name) ? UNBOUNDED[name] : undefined;
    if (why !== undefined) yield { path: at, message: why };
    else if (BY_NAME.has(name))
      for (const own of Object.entries(part ?? {})) yield* unboundedIn(own[1], [...at, own[0]]);
    else if (!DATA.has(name)) yield* unboundedIn(part, at);
  }
}

function unsatisfied(variants: Flag["variants"], schema: NonNullable<Flag["schema"]>, at: Path): Problem[] {
  // The library takes any object, and throws for what is no JSON Schema.
  const checked = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  return Object.entries(variants).flatMap(([name, value]) => {
    const issues = checked.safeParse(value).error?.issues ?? [];
    return issues.map(({ path, message }) => ({ path: [...at, "variants", name, ...plain(path)], message }));
  });
}
