import type { OptimizeRequest, Week } from "../../contract/index.ts";
import { prepare } from "../problem/prepare.ts";
import type { Problem } from "../problem/problem.ts";
import { readWeek } from "../problem/read.ts";
import { readSchedule } from "../problem/schedule.ts";

/** The problem that planning a week solves. What `heed` throws ends the work. */
export function posedWeek(week: Week, now: number, heed?: () => void): Problem {
  return prepare(readWeek(week, now, heed), null, heed);
}

/** The problem that planning a schedule again solves. */
export function posedSchedule(request: OptimizeRequest, now: number, heed?: () => void): Problem {
  return prepare(readSchedule(request, now, heed).demand, null, heed);
}
