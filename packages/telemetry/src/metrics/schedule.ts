import type { Observation, Outcome } from "../observation.ts";
import type { apiCatalog } from "./catalog.ts";
import type { Instruments } from "./instruments.ts";
import { anonymous } from "./users.ts";

export type ApiInstruments = Instruments<(typeof apiCatalog)[number]>;

/** Whose event it is, as a label of counters and, mostly coarser, of histograms. */
export interface UserLabel {
  readonly counted: string;
  readonly measured: string;
}

const statuses = ["success", "infeasible", "error", "cancelled"] as const;
type Status = (typeof statuses)[number];

/** Counts an observation of one of the two schedule operations; all others are not its business. */
export function recordSchedule(instruments: ApiInstruments, observation: Observation, user: UserLabel): void {
  const { operation, outcome, seconds, facts } = observation;
  const status = statusOf(outcome);
  if (!status) return;

  const measured = { user_id: user.measured, status };
  if (operation === "schedule_generation") {
    const has_existing_events = String(facts?.has_existing_events === true);
    const labels = { user_id: user.counted, status, has_existing_events };
    instruments.add("beq_schedule_generation_requests_total", labels);
    instruments.observe("beq_schedule_generation_duration_seconds", measured, seconds);
    recordFacts(instruments, "generation", observation, user);
  }
  if (operation === "schedule_optimization") {
    instruments.add("beq_schedule_optimization_requests_total", { user_id: user.counted, status });
    instruments.observe("beq_schedule_optimization_duration_seconds", measured, seconds);
    recordFacts(instruments, "optimization", observation, user);
  }
}

function recordFacts(instruments: ApiInstruments, operation: string, { facts }: Observation, user: UserLabel): void {
  const labels = { user_id: user.measured, operation };
  if (facts?.event_count !== undefined) instruments.observe("beq_schedule_events_count", labels, facts.event_count);
  if (facts?.confidence_score === undefined) return;
  instruments.observe("beq_schedule_confidence_scores", labels, facts.confidence_score);
}

// A call that the gate stopped asked for no schedule.
function statusOf(outcome: Outcome): Status | undefined {
  return statuses.find((status) => status === outcome);
}

export function zeroSchedule(instruments: ApiInstruments, measured: string): void {
  const user_id = anonymous;
  for (const status of statuses) {
    for (const has_existing_events of ["true", "false"])
      instruments.zero("beq_schedule_generation_requests_total", { user_id, status, has_existing_events });
    instruments.zero("beq_schedule_optimization_requests_total", { user_id, status });
    instruments.zero("beq_schedule_generation_duration_seconds", { user_id: measured, status });
    instruments.zero("beq_schedule_optimization_duration_seconds", { user_id: measured, status });
  }
  for (const operation of ["generation", "optimization"]) {
    instruments.zero("beq_schedule_events_count", { user_id: measured, operation });
    instruments.zero("beq_schedule_confidence_scores", { user_id: measured, operation });
  }
}
