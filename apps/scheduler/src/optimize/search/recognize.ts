import type { Model, Piece } from "./model.ts";
import type { Line } from "./line.ts";

type Job = { duration: number; release: number; weight: number; due: number };

/**
 * The model as jobs in a line, if it is nothing else: every piece may start at any slot from some release on, costs its
 * weight for each slot that it ends after some due slot, waits for none, and leaving one out never pays.
 */
export function recognizeLine({ axis, items, taken, rest, balance, switching, caps }: Model): Line | null {
  if (balance !== 0 || switching !== 0 || caps.length > 0) return null;
  if (items.length === 0 || taken.some((slot) => slot !== 0)) return null;
  if (rest.limit !== Infinity && items.some(({ work }) => work > 0)) return null;

  const dearest = items.reduce((sum, { costs }) => sum + (costs.at(-1) ?? 0), 0);
  const jobs: Job[] = [];
  for (const item of items) {
    const job = item.unplaced > dearest ? jobOf(item, axis.size) : null;
    if (!job) return null;
    jobs.push(job);
  }
  const latest =
    Math.max(...jobs.map(({ release }) => release)) + jobs.reduce((sum, { duration }) => sum + duration, 0);
  if (latest > axis.size) return null;

  const of = (key: keyof Job) => Int32Array.from(jobs, (job) => job[key]);
  return {
    size: jobs.length,
    durations: of("duration"),
    releases: of("release"),
    weights: of("weight"),
    dues: of("due"),
  };
}

function jobOf({ kind, slots, starts, costs, home, locked, before, after }: Piece, size: number): Job | null {
  const release = starts[0];
  const last = costs.length - 1;
  if (kind !== "task" || home || locked || before.length + after.length > 0 || release === undefined) return null;
  if (release + last + slots !== size || last === 0) return null;

  const weight = (costs[last] ?? 0) - (costs[last - 1] ?? 0);
  const due = weight > 0 ? size - (costs[last] ?? 0) / weight : size;
  if (!Number.isInteger(due)) return null;
  for (let position = 0; position <= last; position += 1) {
    if (starts[position] !== release + position) return null;
    if (costs[position] !== weight * Math.max(0, release + position + slots - due)) return null;
  }
  return { duration: slots, release, weight, due };
}
