import { judge, scrub } from "./policy.ts";

/** Anything a caller knows: unknown keys are kept, secrets and what people wrote are not (see policy.ts). */
export type Fields = Readonly<Record<string, unknown>>;

const limits = { depth: 6, nodes: 400, text: 2000, stack: 4000, key: 100 } as const;

interface Walk {
  /** How many more values this line may hold: a huge object must cost no more than a large one. */
  left: number;
  readonly path: object[];
}

// A field may not forge the time, level or origin of its line.
const fixed: ReadonlySet<string> = new Set(["timestamp", "level", "message", "service", "version"]);

/** Adds to `line` what JSON can write of `fields`: bounded, acyclic, without secrets. Never throws, whatever they do. */
export function redactInto(line: Record<string, unknown>, fields: Fields): void {
  const walk: Walk = { left: limits.nodes, path: [] };
  try {
    for (const key of Object.keys(fields)) {
      if (spent(walk)) {
        line["cut"] = true;
        return;
      }
      if (!fixed.has(key)) addField(line, key, fields[key], walk);
    }
  } catch {
    line["log_error"] = "fields could not be read";
  }
}

function copy(value: unknown, walk: Walk): unknown {
  switch (typeof value) {
    case "string":
      return scrub(value, limits.text);
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "bigint":
      return String(value);
    case "boolean":
      return value;
    case "object":
      return value === null ? null : guarded(value, walk);
    default:
      return undefined;
  }
}

// Getters and proxies run foreign code; a line is worth more than what they hide.
function guarded(value: object, walk: Walk): unknown {
  if (walk.path.includes(value)) return "[circular]";
  if (walk.path.length >= limits.depth) return "[deep]";

  walk.path.push(value);
  try {
    return copyObject(value, walk);
  } catch {
    return "[unreadable]";
  } finally {
    walk.path.pop();
  }
}

function copyObject(value: object, walk: Walk): unknown {
  if (value instanceof Error) return copyError(value, walk);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (value instanceof URL) return `${value.protocol}//${value.host}${value.pathname}`;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return copyItems(value, walk);
  if (value instanceof Set) return copyItems([...value], walk);
  if (value instanceof Map) return copyEntries([...value], walk);
  return copyEntries(Object.entries(value), walk);
}

function copyError(error: Error, walk: Walk): Record<string, unknown> {
  const code = "code" in error ? error.code : undefined;
  return {
    name: scrub(String(error.name), limits.key),
    message: scrub(String(error.message), limits.text),
    ...(typeof code === "string" && { code: scrub(code, limits.key) }),
    ...(error.stack && { stack: scrub(error.stack, limits.stack) }),
    ...(error.cause !== undefined && { cause: copy(error.cause, walk) }),
  };
}

function copyItems(items: readonly unknown[], walk: Walk): unknown[] {
  const copied: unknown[] = [];
  for (const item of items) {
    if (spent(walk)) return [...copied, "[cut]"];
    copied.push(copy(item, walk) ?? null);
  }
  return copied;
}

function copyEntries(entries: Iterable<readonly [unknown, unknown]>, walk: Walk): Record<string, unknown> {
  const copied: Record<string, unknown> = {};
  for (const [key, value] of entries) {
    if (spent(walk)) return { ...copied, cut: true };
    addField(copied, String(key), value, walk);
  }
  return copied;
}

function spent(walk: Walk): boolean {
  walk.left -= 1;
  return walk.left < 0;
}

function addField(target: Record<string, unknown>, name: string, value: unknown, walk: Walk): void {
  const key = name.length > limits.key ? name.slice(0, limits.key) : name;
  const verdict = judge(key);
  const shown = verdict === "show" ? copy(value, walk) : hidden(verdict, value);
  if (shown !== undefined) target[key] = shown;
}

// A number or a yes under a key of text is a measure, not somebody's words.
function hidden(verdict: "secret" | "text", value: unknown): unknown {
  if (verdict === "secret") return "[redacted]";
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  return typeof value === "boolean" ? value : "[text]";
}
