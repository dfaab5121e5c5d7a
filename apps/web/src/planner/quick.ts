import type { Task } from "@beq/scheduler/contract";
import { readWhen } from "./when.ts";

export type Quick = { title: string; patch: Partial<Task> };

const priorities = ["low", "medium", "high", "urgent"] as const;
const times = ["morning", "afternoon", "evening", "anytime"] as const;

/**
 * One line as a task: `Write report 90m !high #personal @morning by fri 17:00`. What is not understood stays in the
 * title, so nothing that was typed gets lost.
 * @param today see {@link readWhen}
 */
export function readQuick(line: string, today: string, end: string): Quick {
  const { rest, deadline } = splitDeadline(line.trim(), today, end);
  const patch: Partial<Task> = deadline ? { deadline } : {};
  const words = rest.split(/\s+/).filter((word) => !take(word, patch));
  return { title: words.join(" "), patch };
}

/** Minutes of `90m`, `1h`, `1.5h`, `1h30` or `1h30m`; undefined for anything else or beyond a day. */
export function readMinutes(text: string): number | undefined {
  const parts = /^(?:(\d+(?:[.,]\d+)?)h)?(?:(\d+)(?:m|min)?)?$/i.exec(text);
  if (!parts || !/[hm]/i.test(text)) return undefined;

  const hours = Number((parts[1] ?? "0").replace(",", "."));
  const minutes = Math.round(hours * 60) + Number(parts[2] ?? 0);
  return minutes >= 1 && minutes <= 1_440 ? minutes : undefined;
}

/** Minutes of a duration field, where blanks and bare minutes are fine too: `1h 30m`, `45` */
export function typedMinutes(text: string): number | undefined {
  return readMinutes(text.replaceAll(/\s/g, "")) ?? readMinutes(`${text.trim()}m`);
}

function splitDeadline(line: string, today: string, end: string): { rest: string; deadline?: string } {
  const parts = /^(.*\S)\s+by\s+(.+)$/i.exec(line);
  const [, rest = "", tail = ""] = parts ?? [];
  const words = tail.split(/\s+/);
  // The moment may be followed by other marks: `by fri 17:00 !high`.
  for (const length of [2, 1]) {
    const deadline = words.length >= length ? readWhen(words.slice(0, length).join(" "), today, end) : undefined;
    if (deadline) return { rest: [rest, ...words.slice(length)].join(" "), deadline };
  }
  return { rest: line };
}

function take(word: string, patch: Partial<Task>): boolean {
  const name = word.slice(1).toLowerCase();
  const priority = word.startsWith("!") && name ? priorities.find((one) => one.startsWith(name)) : undefined;
  const time = word.startsWith("@") && name ? times.find((one) => one.startsWith(name)) : undefined;
  const category = /^#[\p{L}\p{N}_-]+$/u.test(word) ? name : undefined;
  const minutes = readMinutes(word);
  if (priority) patch.priority = priority;
  if (time) patch.preferred_time = time;
  if (category) patch.category = category;
  if (minutes) patch.estimated_duration_minutes = minutes;
  return Boolean(priority ?? time ?? category ?? minutes);
}
