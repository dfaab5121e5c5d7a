import type { EvaluationContext } from "./model.ts";

/** Reads an attribute of a context; `/a/b` is a JSON pointer (RFC 6901) into nested values. Undefined when missing. */
export function attribute(context: EvaluationContext, name: string): unknown {
  if (name.startsWith("/")) return walk(context, pointer(name));
  return isInherited(name) ? own(context, name) : context[name];
}

/** Whether reading the name from an object could meet what every object inherits, such as `constructor`. */
export function isInherited(name: string): boolean {
  return name in Object.prototype;
}

/** As `attribute`, with the name looked at once. */
export function reader(name: string): (context: EvaluationContext) => unknown {
  if (name.startsWith("/")) {
    const path = pointer(name);
    return (context) => walk(context, path);
  }
  if (isInherited(name)) return (context) => own(context, name);
  return (context) => context[name];
}

/** The id that a split or a list is keyed by: texts as they are, numbers and booleans as written, else none (""). */
export function identity(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

function pointer(name: string): string[] {
  return name
    .slice(1)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function walk(context: EvaluationContext, path: readonly string[]): unknown {
  let value: unknown = context;
  for (const part of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = own(value, part);
  }
  return value;
}

function own(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined;
}
