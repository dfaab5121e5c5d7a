// Reads instances of the three sets, and what their optima are.
import { readFileSync } from "node:fs";
import { basename } from "node:path";

/** What is wrong with a file or an argument, said to the person who gave it. */
export class Refusal extends Error {}

/** The instances of a file. `optima`: a map from id to cost, where known. */
export function readInstances(set, file, optimaFile) {
  const instances = { wt: readLines, rjwt: readReleases, weeks: readWeeks }[set](text(file), file);
  if (instances.length === 0) throw new Refusal(`${file}: holds no instance`);
  const optima = optimaFile ? readOptima(set, optimaFile, instances) : new Map();
  return instances.map((instance) => ({ ...instance, optimum: optima.get(instance.id) ?? instance.optimum ?? null }));
}

function text(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Refusal(`${file}: ${error.code === "ENOENT" ? "there is no such file" : error.message}`);
  }
}

function numbers(words, where) {
  return words.map((word) => {
    const number = Number(word);
    if (!Number.isSafeInteger(number)) throw new Refusal(`${where}: '${word}' is no whole number`);
    return number;
  });
}

/**
 * OR-Library's: for each instance n processing times, n weights, n due dates. The file does not say n: its name may
 * (wt40), else each row is taken for one list, else 125 instances.
 */
function readLines(content, file) {
  const all = numbers(content.split(/\s+/).filter(Boolean), file);
  const size = sizeOf(content, all.length, file);
  return Array.from({ length: all.length / (3 * size) }, (_, index) => {
    const part = (which) => all.slice((3 * index + which) * size, (3 * index + which + 1) * size);
    const [durations, weights, dues] = [part(0), part(1), part(2)];
    const id = `${basename(file).replace(/\.[^.]*$/, "")}_${String(index + 1).padStart(3, "0")}`;
    return {
      id,
      jobs: jobs(
        durations.map((duration, job) => ({ duration, release: 0, due: dues[job], weight: weights[job] })),
        id,
      ),
    };
  });
}

function sizeOf(content, count, file) {
  const named = Number(/wt(\d+)/.exec(basename(file))?.[1] ?? 0);
  const rows = content.split("\n").filter((row) => row.trim());
  const widths = new Set(rows.map((row) => row.trim().split(/\s+/).length));
  const byRow = widths.size === 1 && rows.length % 3 === 0 ? [...widths][0] : 0;
  const size = [named, byRow, count / 375].find((each) => each > 0 && Number.isInteger(count / (3 * each)));
  if (!size || !Number.isInteger(size))
    throw new Refusal(`${file}: ${count} numbers are not 3 lists for each instance`);
  return size;
}

/** `#` comments, n, then n rows `p r d 0 w`; more instances may follow in the same way. */
function readReleases(content, file) {
  const rows = content
    .split("\n")
    .map((row) => row.replace(/#.*/, "").trim())
    .filter(Boolean);
  const stem = basename(file).replace(/\.[^.]*$/, "");
  const found = [];
  for (let next = 0; next < rows.length;) {
    const [size] = numbers([rows[next]], file);
    const body = rows.slice(next + 1, next + 1 + size);
    if (size < 1 || body.length < size)
      throw new Refusal(`${file}: ${rows[next]} jobs are announced, ${body.length} follow`);
    const id = next === 0 ? stem : `${stem}#${found.length + 1}`;
    found.push({
      id,
      jobs: jobs(
        body.map((row) => release(row, file)),
        id,
      ),
    });
    next += 1 + size;
  }
  return found;
}

function release(row, file) {
  const columns = numbers(row.split(/\s+/), file);
  if (columns.length !== 5) throw new Refusal(`${file}: '${row}' is not 'p r d 0 w'`);
  const [duration, start, due, , weight] = columns;
  return { duration, release: start, due, weight };
}

function jobs(list, id) {
  for (const { duration, release: start, weight } of list)
    if (!(duration > 0 && start >= 0 && weight >= 0))
      throw new Refusal(`${id}: a job needs a duration above 0, a release and a weight of at least 0`);
  return list;
}

/** One week or a list of them. */
function readWeeks(content, file) {
  let parsed;
  try {
    parsed = JSON.parse(content);
  } catch (error) {
    throw new Refusal(`${file}: not JSON: ${error.message}`);
  }
  return [parsed].flat().map((week, index) => checkedWeek(week, `${file}: ${week?.id ?? `week ${index + 1}`}`));
}

function checkedWeek(week, where) {
  const size = week?.days * week?.slots_per_day;
  if (!Number.isInteger(size) || size < 1 || !Array.isArray(week.tasks))
    throw new Refusal(`${where}: has no days, slots_per_day or tasks`);
  const ids = new Map(week.tasks.map(({ id }, index) => [id, index]));
  for (const task of week.tasks) {
    const known = Array.isArray(task.start_cost) && task.start_cost.length === size && task.duration_slots > 0;
    if (!known || !(task.unscheduled_penalty >= 0))
      throw new Refusal(`${where}: task ${task.id} has no duration, penalty or ${size} start costs`);
    for (const other of task.dependencies ?? [])
      if (!ids.has(other)) throw new Refusal(`${where}: task ${task.id} waits for ${other}, which is not there`);
  }
  return { id: String(week.id ?? where), week, optimum: week.best ?? null };
}

/** wt: one number for each instance. rjwt: csv `instance,optimum,...`. weeks: weeks again, with `best`. */
function readOptima(set, file, instances) {
  const content = text(file);
  if (set === "weeks") return new Map(readWeeks(content, file).map(({ id, optimum }) => [id, optimum]));
  if (set === "rjwt" || content.includes(","))
    return new Map(
      content
        .trim()
        .split("\n")
        .slice(1)
        .map((row) => row.split(","))
        .map(([id, optimum]) => [id, ...numbers([optimum], file)]),
    );
  const all = numbers(content.split(/\s+/).filter(Boolean), file);
  if (all.length < instances.length)
    throw new Refusal(`${file}: ${all.length} optima for ${instances.length} instances`);
  return new Map(instances.map(({ id }, index) => [id, all[index]]));
}
