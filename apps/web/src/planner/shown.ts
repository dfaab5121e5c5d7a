import { instantOf } from "@beq/scheduler/contract";
import type { GenerateAnswer, Preferences, ScheduledEvent, Task, Unscheduled } from "@beq/scheduler/contract";
import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@beq/api";
import { type Draft, emptyDraft } from "./draft.ts";
import { belongsTo, isPinned, pinnedBlocks, standing } from "./pins.ts";
import type { Planned } from "./run.ts";

export type Stored = inferRouterOutputs<AppRouter>["schedule"]["get"];

/** How good the plan is known to be. */
type Quality = Pick<
  GenerateAnswer,
  | "grid_minutes"
  | "cost"
  | "lower_bound"
  | "optimality_gap"
  | "proof"
  | "time_limited"
  | "weights"
  | "days"
  | "alternatives"
>;

/** The plan on the screen, just made or from an earlier visit. */
export type Shown = Pick<GenerateAnswer, "reasoning" | "warnings" | "alternative_suggestions" | "error"> &
  Quality & {
    events: readonly ScheduledEvent[];
    unscheduled: readonly Unscheduled[];
    /** Null where it is not known. */
    confidence: number | null;
    /** The draft that it answers; null after a reload. */
    draft: Draft | null;
  };

const unknownQuality: Quality = {
  grid_minutes: 15,
  cost: null,
  lower_bound: null,
  optimality_gap: null,
  proof: "none",
  time_limited: false,
  weights: null,
  days: [],
  alternatives: [],
};

export function shownOf(planned: Planned | null, stored: Stored | undefined): Shown | null {
  if (planned) {
    const { answer, draft } = planned;
    const { scheduled_events: events, confidence_score: confidence, ...rest } = answer;
    return {
      ...rest,
      confidence,
      draft,
      events: withPinned(events, pinnedBlocks(standing(draft), draft.tasks), draft.tasks),
    };
  }
  if (!stored || (stored.events.length === 0 && stored.unscheduled.length === 0)) return null;

  const { confidence_score: confidence, unscheduled, warnings, weights } = stored;
  return {
    ...unknownQuality,
    weights,
    events: withPinned(stored.events, pinnedBlocks(stored.existing_events, stored.tasks), stored.tasks),
    confidence,
    unscheduled,
    warnings,
    reasoning: "",
    alternative_suggestions: [],
    error: null,
    draft: null,
  };
}

/** The plan with what was put by hand since: it stands there before it is planned again. */
export function withPins(shown: Shown | null, draft: Draft): Shown | null {
  if (!shown) return null;
  const pins = pinnedBlocks(standing(draft), draft.tasks);
  const freed = shown.events.map((event) =>
    event.type === "task" && event.pinned && !isPinned(draft, event) ? { ...event, pinned: false, reason: "" } : event,
  );
  const whole = new Set(draft.tasks.filter(({ repeat }) => !repeat).map(({ id }) => id));
  const placed = new Set(pins.map(({ task_id: id }) => id).filter((id) => id !== null && whole.has(id)));
  return {
    ...shown,
    events: withPinned(freed, pins, draft.tasks),
    // One time of a habit that was put by hand says nothing of the others.
    unscheduled: shown.unscheduled.filter(({ task_id: id }) => !placed.has(id)),
  };
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
