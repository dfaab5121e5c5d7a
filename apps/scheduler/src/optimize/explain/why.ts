import type { Unscheduled } from "../../contract/index.ts";
import { missingTasks } from "./bounds.ts";
import { timeOf } from "../time/axis.ts";
import { hoursOf } from "../time/hours.ts";
import { clip, longest, minutes, type Span, subtract } from "../time/spans.ts";
import type { Wish } from "./wish.ts";
import type { World } from "./world.ts";
import { count, hoursName, momentName, spanName } from "../time/words.ts";

type Why = Pick<Unscheduled, "code" | "reason">;

/** Why a task has no place, in a sentence: the first thing that would have to be otherwise. */
export function why(world: World, wish: Wish): Why {
  const { calendar } = world.problem;
  const { bounds } = wish;
  const needs = Math.max(...wish.parts.map(({ work }) => work));
  const [spans = []] = bounds.flatMap((bound) => (bound.rule === "hours" ? [bound.spans] : []));
  const hours = clip(spans, calendar.days[0]?.start ?? 0, calendar.end);
  const day = longest(hours);
  if (!day) return noHours(wish.item.want?.category ?? "work", needs);

  const missing = missingTasks(bounds).map((title) => `'${title}'`);
  if (missing.length > 0)
    return {
      code: "dependency_unscheduled",
      reason: `It waits for ${missing.join(" and ")}, which could not be placed.`,
    };
  if (minutes(day) < needs) return tooLong(needs, `the longest day has ${hoursName(minutes(day))}`);

  const free = clip(world.free(spans), 0, calendar.end);
  const open = longest(free);
  if (!open) return { code: "no_free_time", reason: `It needs ${hoursName(needs)}, but no time is free.` };
  if (minutes(open) < needs)
    return tooLong(
      needs,
      `the longest window between events is ${hoursName(minutes(open))}, ${spanName(calendar.zone, open)}`,
    );
  return crowded(world, wish, free, needs);
}

function noHours(category: string, needs: number): Why {
  const what = hoursOf(category) === "work" ? "no working hours" : "no hours for it";
  return { code: "no_working_time", reason: `It needs ${hoursName(needs)}, but the time planned holds ${what}.` };
}

function tooLong(needs: number, but: string): Why {
  return { code: "longer_than_any_window", reason: `It needs ${hoursName(needs)}, but ${but}.` };
}

/** It would fit an emptier calendar: what is in its way is its deadline, what it waits for, or what else was placed. */
function crowded(world: World, wish: Wish, free: readonly Span[], needs: number): Why {
  const { calendar } = world.problem;
  const bounds = wish.bounds;
  const from = Math.max(...bounds.map((bound) => (bound.rule === "from" ? timeOf(world.axis, bound.slot) : -Infinity)));
  const due = Math.min(...bounds.map((bound) => (bound.rule === "until" ? bound.time : Infinity)));
  const everOpen = longest(clip(free, from, calendar.end));
  if (!everOpen || minutes(everOpen) < needs)
    return {
      code: "out_of_horizon",
      reason: `It needs ${hoursName(needs)} after ${momentName(calendar.zone, from)}, before which it may not start; ${everOpen ? `the longest window from then on is ${hoursName(minutes(everOpen))}` : "none of the time planned is free from then on"}.`,
    };

  const room = longest(subtract(clip(free, from, Math.min(due, calendar.end)), world.placed));
  const code = due === Infinity ? "no_free_time" : "hard_deadline";
  return { code, reason: `It needs ${amount(wish, needs)}; ${roomText(world, room, due, needs)}.` };
}

function amount({ parts }: Wish, needs: number): string {
  const whole = parts.reduce((sum, { work }) => sum + work, 0);
  return parts.length > 1 ? `${hoursName(whole)} in ${count(parts.length, "piece")}` : hoursName(needs);
}

function roomText(world: World, room: Span | undefined, due: number, needs: number): string {
  if (!room) return `no time is free ${due === Infinity ? "any more" : "before its deadline"}`;
  const where = `${hoursName(minutes(room))}, ${spanName(world.problem.calendar.zone, room)}`;
  const window = `the longest free window ${due === Infinity ? "left" : "before its deadline"} is ${where}`;
  return minutes(room) < needs ? window : `${window}, but breaks, limits or what is kept free leave too little of it`;
}
