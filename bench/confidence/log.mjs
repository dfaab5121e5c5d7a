// Reads a log of estimated and actual durations: csv with the columns date, person, estimate_minutes, actual_minutes.
import { readFileSync } from "node:fs";

import { Refusal } from "./refusal.mjs";

const columns = ["date", "person", "estimate_minutes", "actual_minutes"];

/** Rows `{ date, person, estimate, actual }`, oldest first; those of one date stay in the order of the file. */
export function readLog(file) {
  const [head = "", ...lines] = text(file)
    .replace(/^\uFEFF/, "")
    .trim()
    .split(/\r?\n/);
  const names = head.split(",").map((name) => name.trim().toLowerCase());
  const places = columns.map((name) => names.indexOf(name));
  const missing = columns.filter((_, index) => places[index] < 0);
  if (missing.length > 0) throw new Refusal(`${file}: the first line names no column ${missing.join(", ")}`);

  const rows = lines.flatMap((line, index) =>
    line.trim() ? [row(line.split(","), places, `${file}:${index + 2}`)] : [],
  );
  if (rows.length === 0) throw new Refusal(`${file}: holds no task`);
  return rows.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

function row(cells, places, where) {
  const [date = "", person = "", estimate, actual] = places.map((place) => cells[place]?.trim());
  if (!/^\d{4}-\d{2}-\d{2}/.test(date)) throw new Refusal(`${where}: '${date}' is no date such as 2024-03-25`);
  if (!person) throw new Refusal(`${where}: the person is missing`);
  return { date, person, estimate: minutes(estimate, 0, where), actual: minutes(actual, -1, where) };
}

function minutes(text, above, where) {
  const number = Number(text);
  if (!text || !(number > above) || number === Infinity)
    throw new Refusal(`${where}: '${text ?? ""}' is no duration in minutes`);
  return number;
}

function text(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Refusal(`${file}: ${error.code === "ENOENT" ? "there is no such file" : error.message}`);
  }
}
