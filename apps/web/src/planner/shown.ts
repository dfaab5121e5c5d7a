import { instantOf } from "@beq/scheduler/contract";
import type { Preferences, ScheduledEvent, Task, Unscheduled } from "@beq/scheduler/contract";
import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@beq/api";
import { type Draft, emptyDraft } from "./draft.ts";
import { belongsTo, isPinned, pinnedBlocks, standing } from "./pins.ts";
import { isReleased } from "./release.ts";
import type { Planned } from "./run.ts";

export type Stored = inferRouterOutputs<AppRouter>["schedule"]["get"];

/** What planning said of the plan. */
type Verdict = NonNullable<Stored["verdict"]>;

/** The plan on the screen, just made or from an earlier visit. */
export type Shown = Verdict & {
  events: readonly ScheduledEvent[];
  /** Those of the events that were planned around because the person had put them there on this page. */
  pins: readonly ScheduledEvent[];
  unscheduled: readonly Unscheduled[];
  warnings: readonly string[];
  error: string | null;
  /** Null where it is not known. */
  confidence: number | null;
  /** The draft that it answers; null after a reload. */
  draft: Draft | null;
  /** The tasks that it is a plan for. */
  tasks: readonly Task[];
};

/** Of a plan that does not stand as it was planned, how good it is is not known. */
const unknown: Pick<Verdict, "cost" | "lower_bound" | "optimality_gap" | "proof" | "time_limited" | "days"> = {
  cost: null,
  lower_bound: null,
  optimality_gap: null,
  proof: "none",
  time_limited: false,
  days: [],
};

const nothing: Verdict = {
  ...unknown,
  grid_minutes: 15,
  weights: null,
  pinned_events: [],
  reasoning: "",
  alternative_suggestions: [],
};

export function shownOf(planned: Planned | null, stored: Stored | undefined, now: number): Shown | null {
  if (planned) {
    const { answer, draft } = planned;
    const { scheduled_events: made, kept_events: kept, confidence_score: confidence, ...rest } = answer;
    const pins = pinnedBlocks(standing(draft), draft.tasks, rest.pinned_events);
    const { tasks } = draft;
    return { ...rest, confidence, draft, tasks, pins, events: withPinned([...kept, ...made], pins, tasks, now) };
  }
  if (!stored || (stored.events.length === 0 && stored.unscheduled.length === 0)) return null;

  const { confidence_score: confidence, unscheduled, warnings, tasks } = stored;
  const verdict = stored.verdict ?? nothing;
  const pins = pinnedBlocks(stored.existing_events, tasks, verdict.pinned_events);
  const events = withPinned(stored.events, pins, tasks, now);
  return { ...verdict, events, pins, tasks, confidence, unscheduled, warnings, error: null, draft: null };
}

/**
 * The plan with what was put by hand since: it stands there before it is planned again. How good that is, and how
 * likely it holds, nobody has said yet.
 */
export function withPins(shown: Shown | null, draft: Draft, now: number): Shown | null {
  if (!shown) return null;
  const pins = pinnedBlocks(standing(draft), draft.tasks, shown.pinned_events);
  const places = new Set(shown.events.map(placeOf));
  const isMoved = pins.some((pin) => !places.has(placeOf(pin)));
  const isFree = (event: ScheduledEvent) =>
    (shown.pins.includes(event) && !isPinned(draft, event)) || (event.pinned && isReleased(draft, event));
  const freed = shown.events.map((event) => (isFree(event) ? { ...event, pinned: false, reason: "" } : event));
  const whole = new Set(draft.tasks.filter(({ repeat }) => !repeat).map(({ id }) => id));
  const placed = new Set(pins.map(({ task_id: id }) => id).filter((id) => id !== null && whole.has(id)));
  return {
    ...shown,
    ...(isMoved ? { ...unknown, confidence: null } : {}),
    events: withPinned(freed, pins, draft.tasks, now),
    // One time of a habit that was put by hand says nothing of the others.
    unscheduled: shown.unscheduled.filter(({ task_id: id }) => !placed.has(id)),
  };
}

function placeOf({ task_id: id, start_time: start, end_time: end }: ScheduledEvent): string {
  return `${id} ${Date.parse(start)} ${Date.parse(end)}`;
}

/** A plan does not repeat what stands by hand; what is over is no repetition. */
function withPinned(
  events: readonly ScheduledEvent[],
  pins: readonly ScheduledEvent[],
  tasks: readonly Task[],
  now: number,
): readonly ScheduledEvent[] {
  if (pins.length === 0) return events;
  const isPin = pins.map((pin) => belongsTo({ tasks }, pin));
  const places = new Set(pins.map(placeOf));
  const isOver = (event: ScheduledEvent) => Date.parse(event.end_time) <= now && !places.has(placeOf(event));
  return [
    ...events.filter((event) => event.task_id === null || isOver(event) || !isPin.some((is) => is(event))),
    ...pins,
  ];
}

/**
 * What was planned on another device, as a draft to go on with; its start falls away once it is not after `now`
 * (epoch milliseconds).
 */
export function draftOf(stored: Stored, mine: Preferences, now: number): Draft {
  const preferences = stored.user_preferences ?? mine;
  const days = stored.planning_horizon_days ?? 7;
  const { planning_start: start } = stored;
  return {
    ...emptyDraft(preferences),
    planning_start: start && instantOf(start, preferences.timezone) > now ? start : null,
    tasks: stored.tasks,
    events: stored.existing_events,
    constraints: stored.constraints,
    planning_horizon_days: days,
    ...(stored.weights ? { weights: stored.weights } : {}),
  };
}
