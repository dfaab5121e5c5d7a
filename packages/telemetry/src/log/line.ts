import type { Ids } from "../correlation.ts";
import type { Level } from "./level.ts";
import { scrub } from "./policy.ts";
import { type Fields, redactInto } from "./redact.ts";

/** One call of the logger, with what must be caught at the moment of the call. */
export interface Entry {
  readonly level: Level;
  readonly message: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly ids: Ids | undefined;
  readonly fields: Fields | undefined;
}

/** The keys that log readers parse; see `Entry` and `Fields` for where they come from. */
export type Line = Record<string, unknown> & {
  timestamp: string;
  level: Level;
  message: string;
  service: string;
  version: string;
};

export const maxLineBytes = 16_384;
const maxMessage = 2000;

/** Makes lines for one process; keeps the last timestamp, since most lines share a millisecond with their neighbour. */
export function createComposer({ service, version }: { service: string; version: string }): (entry: Entry) => Line {
  let lastTime = Number.NaN;
  let timestamp = "";

  return ({ time, level, message, ids, fields }) => {
    if (time !== lastTime) {
      lastTime = time;
      timestamp = new Date(time).toISOString();
    }
    // Filled in place: copying by spread costs more than all the rest of a line.
    const line: Line = { timestamp, level, message: scrub(message, maxMessage), service, version };
    if (ids) addIds(line, ids);
    if (fields) redactInto(line, fields);
    return line;
  };
}

function addIds(line: Line, { request_id, trace_id, user_id }: Ids): void {
  line["request_id"] = request_id;
  line["trace_id"] = trace_id;
  if (user_id !== undefined) line["user_id"] = user_id;
}

/** One JSON object without its line end, at most `maxLineBytes` long with it. */
export function toJson(line: Line): string {
  const json = JSON.stringify(line);
  return fits(json) ? json : JSON.stringify(shortened(line));
}

// UTF-8 needs at most three bytes for a UTF-16 unit, so short text is not measured.
function fits(json: string): boolean {
  return json.length * 3 < maxLineBytes || Buffer.byteLength(json) < maxLineBytes;
}

const essential =
  "timestamp level message service version request_id trace_id user_id operation duration status event_count confidence_score error_type";

// 14 texts of 150 characters, each at worst six bytes as JSON, stay under the limit.
function shortened(line: Line): Record<string, unknown> {
  const kept = essential.split(" ").flatMap((key) => {
    const value = line[key];
    if (typeof value === "string") return [[key, value.slice(0, 150)]];
    return typeof value === "number" ? [[key, value]] : [];
  });
  return { ...Object.fromEntries(kept), cut: true };
}
