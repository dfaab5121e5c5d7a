import type { ConflictElement, Unscheduled } from "../../contract/index.ts";
import { type Bound, missingTasks } from "./bounds.ts";
import { counts } from "../problem/pattern.ts";
import { timeOf } from "../time/axis.ts";
import { hoursOf } from "../time/hours.ts";
import { clip, longest, minutes, type Span, subtract } from "../time/spans.ts";
import type { Obstacle } from "./obstacles.ts";
import type { Wish } from "./wish.ts";
import type { World } from "./world.ts";
import { hoursName, lengthName, list, lowered, momentName, spanName } from "../time/words.ts";

type Why = Pick<Unscheduled, "code" | "reason">;
type Kind = ConflictElement["kind"];

/** What is looked at to say why. */
type Scene = {
  readonly world: World;
  readonly wish: Wish;
  readonly bounds: readonly Bound[];
  /** What of its hours lies within the days planned, and what events and hard blocks leave of that. */
  readonly hours: readonly Span[];
  readonly free: readonly Span[];
  /** Minutes that it needs at a stretch, however it is cut. */
  readonly needs: number;
};

/** Of what it waits for so many are named. */
const mostNamed = 3;

/** What may keep a task from a place, the plainest first; each answers null where that is not so. */
const stories: readonly ((scene: Scene) => Why | null)[] = [
  noHours,
  missing,
  tooLongForDay,
  tooLongForGap,
  tooLate,
  crowded,
];

const things: readonly Kind[] = ["task", "event", "lunch", "constraint"];
const daily: readonly Kind[] = ["hours", "window", "horizon"];
/** What a story of that code knows of. */
const known: Record<Why["code"], readonly Kind[]> = {
  no_working_time: daily,
  dependency_unscheduled: ["dependency"],
  longer_than_any_window: [...daily, "event", "constraint"],
  out_of_horizon: [...daily, "earliest_start", "dependency"],
  hard_deadline: [...daily, "deadline"],
  no_free_time: [...daily, ...things],
};

/**
 * Why a task has no place, in a sentence: the first thing that would have to be otherwise.
 * @param conflict what keeps it from one, where that is known: no other rule about the task is told of
 */
export function why(world: World, wish: Wish, conflict: readonly Obstacle[]): Why {
  const scene = sceneOf(world, wish, conflict);
  const kinds = conflict.map(({ kind }) => kind);
  for (const story of stories) {
    const told = story(scene);
    if (told && fits(told, kinds)) return told;
  }
  return atOdds(wish, conflict);
}

/** Whether it tells of what is in the conflict; of all of it where that is nothing but rules about the task. */
function fits({ code }: Why, kinds: readonly Kind[]): boolean {
  const isKnown = (kind: Kind) => known[code].includes(kind);
  if (kinds.length === 0) return true;
  return kinds.some((kind) => things.includes(kind)) ? kinds.some(isKnown) : kinds.every(isKnown);
}

function sceneOf(world: World, wish: Wish, conflict: readonly Obstacle[]): Scene {
  const { calendar } = world.problem;
  const isTold = ({ rule, obstacle }: Bound) =>
    rule === "hours" || conflict.length === 0 || conflict.includes(obstacle);
  const [spans = []] = wish.bounds.flatMap((bound) => (bound.rule === "hours" ? [bound.spans] : []));
  const most = (wish.split && counts(wish.work, wish.split)?.most) ?? 1;
  return {
    world,
    wish,
    bounds: wish.bounds.filter(isTold),
    hours: clip(spans, calendar.days[0]?.start ?? 0, calendar.end),
    free: clip(world.free(spans), 0, calendar.end),
    needs: Math.ceil(wish.work / most),
  };
}

/** The rules of a conflict one after the other. */
function atOdds(wish: Wish, conflict: readonly Obstacle[]): Why {
  const kinds = conflict.map(({ kind }) => kind);
  const isFrom = kinds.includes("earliest_start") || kinds.includes("dependency");
  const code = kinds.includes("deadline") ? "hard_deadline" : isFrom ? "out_of_horizon" : "no_free_time";
  const rules = conflict.map(({ text }) => lowered(text()));
  return { code, reason: `It needs ${amount(wish)}, but ${list(rules, rules.length)}.` };
}

function noHours({ hours, wish }: Scene): Why | null {
  if (hours.length > 0) return null;
  const what = hoursOf(wish.item.want?.category ?? "work") === "work" ? "no working hours" : "no hours for it";
  return { code: "no_working_time", reason: `It needs ${amount(wish)}, but the time planned holds ${what}.` };
}

function missing({ bounds }: Scene): Why | null {
  const titles = missingTasks(bounds).map((title) => `'${title}'`);
  if (titles.length === 0) return null;
  return {
    code: "dependency_unscheduled",
    reason: `It waits for ${list(titles, mostNamed)}, which could not be placed.`,
  };
}

function tooLongForDay({ hours, needs, wish }: Scene): Why | null {
  const day = longest(hours);
  return day && minutes(day) < needs ? tooLong(wish, `the longest day has ${hoursName(minutes(day))}`) : null;
}

function tooLongForGap({ world, free, needs, wish }: Scene): Why | null {
  const open = longest(free);
  if (!open) return { code: "no_free_time", reason: `It needs ${amount(wish)}, but no time is free.` };
  const where = spanName(world.problem.calendar.zone, open);
  const but = `the longest window between events is ${hoursName(minutes(open))}, ${where}`;
  return minutes(open) < needs ? tooLong(wish, but) : null;
}

function tooLong(wish: Wish, but: string): Why {
  return { code: "longer_than_any_window", reason: `It needs ${amount(wish)}, but ${but}.` };
}

/** What it may not start before is too near to the end of the days planned. */
function tooLate({ world, bounds, free, needs, wish }: Scene): Why | null {
  const { zone, end } = world.problem.calendar;
  const from = fromOf(world, bounds);
  const open = longest(clip(free, from, end));
  if (from === -Infinity || (open && minutes(open) >= needs)) return null;
  const left = open
    ? `the longest window from then on is ${hoursName(minutes(open))}`
    : "none of the time planned is free from then on";
  const when = `${momentName(zone, from)}, before which it may not start`;
  return { code: "out_of_horizon", reason: `It needs ${amount(wish)} after ${when}; ${left}.` };
}

/** It would fit an emptier calendar: what is in its way is its deadline, what it waits for, or what else was placed. */
function crowded({ world, bounds, free, needs, wish }: Scene): Why {
  const due = Math.min(...bounds.map((bound) => (bound.rule === "until" ? bound.time : Infinity)));
  const until = Math.min(due, world.problem.calendar.end);
  const room = subtract(clip(free, fromOf(world, bounds), until), world.placed);
  const code = due === Infinity ? "no_free_time" : "hard_deadline";
  const text = wish.split ? totalText : roomText;
  return { code, reason: `It needs ${amount(wish)}; ${text({ world, wish, room, needs, isDue: due !== Infinity })}.` };
}

/** The moment before which it may not start. */
function fromOf({ axis }: World, bounds: readonly Bound[]): number {
  return Math.max(...bounds.map((bound) => (bound.rule === "from" ? timeOf(axis, bound.slot) : -Infinity)));
}

function amount({ work, split }: Wish): string {
  return split ? `${hoursName(work)} in pieces of at least ${lengthName(split.min)}` : hoursName(work);
}

type Room = Pick<Scene, "world" | "wish" | "needs"> & { readonly room: readonly Span[]; readonly isDue: boolean };

const butLittle = "but breaks, limits or what is kept free leave too little of it";

function roomText({ world, room, needs, isDue }: Room): string {
  const most = longest(room);
  if (!most) return `no time is free ${isDue ? "before its deadline" : "any more"}`;
  const where = `${hoursName(minutes(most))}, ${spanName(world.problem.calendar.zone, most)}`;
  const window = `the longest free window ${isDue ? "before its deadline" : "left"} is ${where}`;
  return minutes(most) < needs ? window : `${window}, ${butLittle}`;
}

/** Of what may be cut: all that is free in stretches that hold a piece. */
function totalText({ room, wish: { work, split }, isDue }: Room): string {
  const least = split?.min ?? 0;
  const total = room.reduce((sum, each) => sum + (minutes(each) < least ? 0 : minutes(each)), 0);
  if (total === 0) return `no time for a piece is free ${isDue ? "before its deadline" : "any more"}`;
  const free = `in stretches that hold a piece ${hoursName(total)} ${isDue ? "is free before its deadline" : "is left"}`;
  return total < work ? free : `${free}, ${butLittle}`;
}
