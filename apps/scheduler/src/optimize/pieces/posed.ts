import type { OptimizeRequest, Week } from "../../contract/index.ts";
import { prepare } from "../problem/prepare.ts";
import type { Problem } from "../problem/problem.ts";
import { readWeek } from "../problem/read.ts";
import { readSchedule } from "../problem/schedule.ts";

/** The problem that planning a week solves. */
export function posedWeek(week: Week, now: number): Problem {
  return prepare(readWeek(week, now));
}

/** The problem that planning a schedule again solves. */
export function posedSchedule(request: OptimizeRequest, now: number): Problem {
  return prepare(readSchedule(request, now).demand);
}
