import { instantOf } from "@beq/scheduler/contract";
import type { Preferences, ScheduledEvent, Task, Unscheduled } from "@beq/scheduler/contract";
import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@beq/api";
import { type Draft, emptyDraft } from "./draft.ts";
import { belongsTo, isPinned, pinnedBlocks, standing } from "./pins.ts";
import type { Planned } from "./run.ts";

export type Stored = inferRouterOutputs<AppRouter>["schedule"]["get"];

/** What planning said of the plan. */
type Verdict = NonNullable<Stored["verdict"]>;

/** The plan on the screen, just made or from an earlier visit. */
export type Shown = Verdict & {
  events: readonly ScheduledEvent[];
  unscheduled: readonly Unscheduled[];
  warnings: readonly string[];
  error: string | null;
  /** Null where it is not known. */
  confidence: number | null;
  /** The draft that it answers; null after a reload. */
  draft: Draft | null;
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

export function shownOf(planned: Planned | null, stored: Stored | undefined): Shown | null {
  if (planned) {
    const { answer, draft } = planned;
    const { scheduled_events: events, confidence_score: confidence, ...rest } = answer;
    const pins = pinnedBlocks(standing(draft), draft.tasks, rest.pinned_events);
    return { ...rest, confidence, draft, events: withPinned(events, pins, draft.tasks) };
  }
  if (!stored || (stored.events.length === 0 && stored.unscheduled.length === 0)) return null;

  const { confidence_score: confidence, unscheduled, warnings } = stored;
  const verdict = stored.verdict ?? nothing;
  const pins = pinnedBlocks(stored.existing_events, stored.tasks, verdict.pinned_events);
  const events = withPinned(stored.events, pins, stored.tasks);
  return { ...verdict, events, confidence, unscheduled, warnings, error: null, draft: null };
}

/**
 * The plan with what was put by hand since: it stands there before it is planned again. How good that is, and how
 * likely it holds, nobody has said yet.
 */
export function withPins(shown: Shown | null, draft: Draft): Shown | null {
  if (!shown) return null;
  const pins = pinnedBlocks(standing(draft), draft.tasks, shown.pinned_events);
  const places = new Set(shown.events.map(placeOf));
  const isMoved = pins.some((pin) => !places.has(placeOf(pin)));
  const freed = shown.events.map((event) =>
    event.type === "task" && event.pinned && !isPinned(draft, event) ? { ...event, pinned: false, reason: "" } : event,
  );
  const whole = new Set(draft.tasks.filter(({ repeat }) => !repeat).map(({ id }) => id));
  const placed = new Set(pins.map(({ task_id: id }) => id).filter((id) => id !== null && whole.has(id)));
  return {
    ...shown,
    ...(isMoved ? { ...unknown, confidence: null } : {}),
    events: withPinned(freed, pins, draft.tasks),
    // One time of a habit that was put by hand says nothing of the others.
    unscheduled: shown.unscheduled.filter(({ task_id: id }) => !placed.has(id)),
  };
}

function placeOf({ task_id: id, start_time: start, end_time: end }: ScheduledEvent): string {
  return `${id} ${Date.parse(start)} ${Date.parse(end)}`;
}

/** A plan does not repeat what stands by hand. */
function withPinned(
  events: readonly ScheduledEvent[],
  pins: readonly ScheduledEvent[],
  tasks: readonly Task[],
): readonly ScheduledEvent[] {
  if (pins.length === 0) return events;
  const isPin = pins.map((pin) => belongsTo({ tasks }, pin));
  return [...events.filter((event) => event.task_id === null || !isPin.some((is) => is(event))), ...pins];
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

/** Whether nobody has typed anything worth keeping. */
export function isPristine({ tasks, events, calendars, constraints }: Draft): boolean {
  return tasks.length + events.length + calendars.length + constraints.length === 0;
}
