import type { Level } from "./level.ts";
import type { Line } from "./line.ts";

const colour: Readonly<Record<Level, number>> = { error: 31, warn: 33, info: 36, debug: 90 };

/** A line for a person at a terminal: time, level, message, then what is particular to it. May span lines (stacks). */
export function toPretty(line: Line): string {
  const { timestamp, level, message, service: _service, version: _version, trace_id: _trace, error, ...rest } = line;
  const details = Object.entries(rest).map(([key, value]) => `${key}=${shown(value)}`);
  const head = `${dim(timestamp.slice(11, 23))} ${paint(level.padEnd(5), colour[level])} ${printable(message)}`;
  return [[head, ...details.map(dim)].join(" "), ...stackOf(error)].join("\n");
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return printable(text ?? "");
}

function stackOf(error: unknown): string[] {
  if (error === undefined) return [];
  const stack = typeof error === "object" && error !== null && "stack" in error ? error.stack : undefined;
  return typeof stack === "string"
    ? stack.split("\n").map((line) => dim(`  ${printable(line)}`))
    : [dim(`  ${shown(error)}`)];
}

// Control characters from outside must not steer the operator's terminal.
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
}

function paint(text: string, code: number): string {
  return `\u001b[${code}m${text}\u001b[0m`;
}

function dim(text: string): string {
  return paint(text, 2);
}
