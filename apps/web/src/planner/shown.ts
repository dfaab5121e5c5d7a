import { instantOf } from "@beq/scheduler/contract";
import type { GenerateAnswer, Preferences, ScheduledEvent, Unscheduled } from "@beq/scheduler/contract";
import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@beq/api";
import { type Draft, emptyDraft } from "./draft.ts";
import type { Planned } from "./run.ts";

export type Stored = inferRouterOutputs<AppRouter>["schedule"]["get"];

/** The plan on the screen, just made or from an earlier visit. */
export type Shown = Pick<GenerateAnswer, "reasoning" | "warnings" | "alternative_suggestions" | "error"> & {
  events: readonly ScheduledEvent[];
  unscheduled: readonly Unscheduled[];
  /** Null where it is not known. */
  confidence: number | null;
  /** The draft that it answers; null after a reload. */
  draft: Draft | null;
};

export function shownOf(planned: Planned | null, stored: Stored | undefined): Shown | null {
  if (planned) {
    const { answer, draft } = planned;
    const {
      scheduled_events: events,
      confidence_score: confidence,
      unscheduled,
      reasoning,
      warnings,
      alternative_suggestions,
      error,
    } = answer;
    return { events, confidence, unscheduled, reasoning, warnings, alternative_suggestions, error, draft };
  }
  if (!stored || (stored.events.length === 0 && stored.unscheduled.length === 0)) return null;

  const { events, confidence_score: confidence, unscheduled, warnings } = stored;
  return {
    events,
    confidence,
    unscheduled,
    warnings,
    reasoning: "",
    alternative_suggestions: [],
    error: null,
    draft: null,
  };
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
  };
}

/** Whether nobody has typed anything worth keeping. */
export function isPristine({ tasks, events, calendars, constraints }: Draft): boolean {
  return tasks.length + events.length + calendars.length + constraints.length === 0;
}
