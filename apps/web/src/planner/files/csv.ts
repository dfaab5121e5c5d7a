import "../../lib/strict.ts";
import { own } from "../../lib/own.ts";
import Papa from "papaparse";
import { type Context, readRows, type Refused } from "./rows.ts";
import type { Task } from "@beq/scheduler/contract";

export type Sheet = { tasks: Task[]; refused: Refused[]; ignored: string[]; problem: string | null };

const names: Record<string, string> = {
  task: "title",
  name: "title",
  duration: "estimated_duration_minutes",
  minutes: "estimated_duration_minutes",
  duration_minutes: "estimated_duration_minutes",
  due: "deadline",
  due_date: "deadline",
  depends_on: "dependencies",
};
const numbers = new Set(["estimated_duration_minutes", "buffer_before_minutes", "buffer_after_minutes"]);
const flags = new Set(["deadline_is_hard"]);
const known = new Set([
  "id", "title", "description", "category", "priority", "estimated_duration_minutes",
  "deadline", "deadline_is_hard", "preferred_time", "dependencies", "earliest_start", "window",
  "buffer_before_minutes", "buffer_after_minutes",
]); // prettier-ignore

/** Tasks of a CSV text whose first line names the fields; dependencies are separated by `;`, an empty cell is unset. */
export function readCsv(text: string, context: Context): Sheet {
  const parsed = Papa.parse<Record<string, unknown>>(text.replace(/^\uFEFF/, ""), {
    header: true,
    skipEmptyLines: "greedy",
    transformHeader: (header) => fieldName(header),
  });
  const fields = parsed.meta.fields ?? [];
  if (!fields.includes("title"))
    return {
      tasks: [],
      refused: [],
      ignored: [],
      problem: "The first line must name the columns, and one of them must be title.",
    };

  // Papa counts data rows from 0; the person sees the header as line 1.
  const line = (index: number) => `Row ${index + 2}`;
  const { tasks, refused } = readRows(parsed.data.map(typedRow), context, line);
  return {
    tasks,
    refused: refused.map((item) => ({ ...item, row: textOf(item.row) })),
    ignored: fields.filter((field) => field && !known.has(field)),
    problem: null,
  };
}

function fieldName(header: string): string {
  const name = header
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");
  return own(names, name) ?? name;
}

function typedRow(row: Record<string, unknown>): Record<string, unknown> {
  const cells = Object.entries(row).filter(
    ([field, cell]) => known.has(field) && typeof cell === "string" && cell.trim() !== "",
  );
  return Object.fromEntries(cells.map(([field, cell]) => [field, typedCell(field, String(cell).trim())]));
}

/** What cannot be read stays text, so that the message about it can quote it. */
function typedCell(field: string, cell: string): unknown {
  if (numbers.has(field) && /^\d+$/.test(cell)) return Number(cell);
  if (flags.has(field) && /^(true|yes|1|false|no|0)$/i.test(cell)) return /^(true|yes|1)$/i.test(cell);
  if (field === "dependencies")
    return cell
      .split(";")
      .map((id) => id.trim())
      .filter(Boolean);
  if (field === "priority" || field === "preferred_time") return cell.toLowerCase();
  return cell;
}

function textOf(row: unknown): unknown {
  if (typeof row !== "object" || row === null) return row;
  return Object.fromEntries(
    Object.entries(row).map(([field, cell]) => [field, Array.isArray(cell) ? cell.join(";") : cell]),
  );
}

/** Refused rows as a CSV text that can be corrected and read again. */
export function writeCsv(rows: readonly Record<string, unknown>[]): string {
  return Papa.unparse([...rows], { columns: [...new Set(rows.flatMap((row) => Object.keys(row)))] });
}
