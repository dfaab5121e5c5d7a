import { instantOf, type Week } from "../../contract/index.ts";
import { readEvents } from "./appointments.ts";
import type { Demand, Rule, Want } from "./demand.ts";
import type { Diary } from "./habit.ts";
import { minuteMs } from "../time/spans.ts";
import { diaryOf, openTasks } from "./tasks.ts";

/**
 * The request of generate as instants and plain lists; what is left out on the way is warned of.
 * @param now epoch milliseconds
 * @param heed called at each event; what it throws ends the work
 */
export function readWeek(week: Week, now: number, heed: () => void = () => undefined): Demand {
  const { demand, diary, pinned } = readCommon(week, now, heed);
  const taken = new Set(week.existing_events.map(({ id }) => id));
  const open = openTasks(week.tasks, pinned, { diary, taken });
  return {
    ...demand,
    wants: [...pinned, ...open],
    frozenUntil: -Infinity,
    // A lunch that was taken already comes as an event with its own id.
    noLunch: taken,
    lunches: new Map(),
    warnings: [...demand.warnings, ...pastDeadlines(open, now)],
  };
}

/** What every request says: its calendar and rules, and the tasks that the calendar carries out. */
type Common = {
  readonly demand: Omit<Demand, "wants" | "frozenUntil" | "noLunch" | "lunches">;
  readonly diary: Diary;
  readonly pinned: readonly Want[];
};

export function readCommon(week: Week, now: number, heed: () => void): Common {
  const start = startOf(week, now);
  const diary = diaryOf(week, start);
  const { engagements, pinned, warnings } = readEvents(week, diary, heed);
  const { rules, ignored } = readRules(week);
  const demand = {
    start,
    horizonDays: week.planning_horizon_days,
    preferences: week.user_preferences,
    engagements,
    rules,
    weights: week.weights,
    actuals: week.actuals,
    grid: null,
    warnings: [...warnings, ...ignored],
  };
  return { demand, diary, pinned };
}

/** Planning starts now, or at `planning_start` where that is later. */
function startOf({ planning_start: asked, user_preferences: { timezone } }: Week, now: number): number {
  return asked ? Math.max(now, instantOf(asked, timezone)) : now;
}

function readRules({ constraints, user_preferences: { timezone } }: Week): { rules: Rule[]; ignored: string[] } {
  const rules: Rule[] = [];
  const ignored: string[] = [];
  for (const { type, description, start_time: from, end_time: to, is_hard_constraint: hard } of constraints) {
    const span = from && to ? { start: instantOf(from, timezone), end: instantOf(to, timezone) } : undefined;
    if (span && span.end > span.start) rules.push({ ...span, type, description, hard });
    else ignored.push(`Constraint '${description}' was ignored: it has no ${from ? "end" : "start"} time.`);
  }
  return { rules, ignored };
}

/** Tasks whose deadline is past, and those that may not start in time for one that is hard. */
export function pastDeadlines(wants: readonly Want[], now: number): string[] {
  const dated = wants.flatMap((want) => (want.deadline === null ? [] : [{ ...want, deadline: want.deadline }]));
  const past = dated.filter(({ deadline }) => deadline <= now);
  const narrow = dated.filter(
    ({ earliest, deadline, hardDeadline, minutes, occasion }) =>
      hardDeadline && !occasion && earliest !== null && deadline > now && earliest + minutes * minuteMs > deadline,
  );
  return [
    ...past.map(({ title }) => `The deadline of '${title}' has passed already.`),
    ...narrow.map(({ title }) => `'${title}' may start too late to end by its hard deadline.`),
  ];
}
