import type { OptimizeRequest, Week } from "../contract/index.ts";
import { prepare } from "./prepare.ts";
import type { Problem } from "./problem.ts";
import { readWeek } from "./read.ts";
import { readSchedule } from "./schedule.ts";

/** The problem that planning a week solves. */
export function posedWeek(week: Week, now: number): Problem {
  return prepare(readWeek(week, now));
}

/** The problem that planning a schedule again solves. */
export function posedSchedule(request: OptimizeRequest, now: number): Problem {
  return prepare(readSchedule(request, now).demand);
}
