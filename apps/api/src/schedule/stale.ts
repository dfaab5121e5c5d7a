import { Failure } from "../failure.ts";
import { changesBetween } from "./compare.ts";
import type { ScheduleStore, Version } from "./store.ts";

/**
 * The version in force, if it is the one that a client built on.
 * @throws {Failure} `conflict`, with what others changed since, or `missing` where nothing is stored
 */
export async function inForce(schedules: ScheduleStore, userId: string, version: number): Promise<Version> {
  const current = await schedules.latest(userId);
  if (!current) throw new Failure("missing", `Nothing is planned yet for user '${userId}'`);
  if (current.version !== version) throw stale(await schedules.at(userId, version), current);
  return current;
}

/**
 * Stores what was made of `base`, or of nothing.
 * @throws {Failure} as {@link inForce}, when somebody else was faster
 */
export async function saveOn(
  schedules: ScheduleStore,
  userId: string,
  base: Version | undefined,
  [operation, week, at]: [operation: string, week: Version["week"], at: number],
): Promise<Version> {
  try {
    return await schedules.save(userId, base?.version ?? 0, operation, week, at);
  } catch (error) {
    if (base && error instanceof Failure && error.code === "conflict") await inForce(schedules, userId, base.version);
    throw error;
  }
}

function stale(base: Version | undefined, current: Version): Failure {
  const error = "The schedule was changed in the meantime";
  const changes = changesBetween(base?.week.events ?? [], current.week.events);
  return new Failure("conflict", error, { detail: { error, version: current.version, changes: base ? changes : [] } });
}
