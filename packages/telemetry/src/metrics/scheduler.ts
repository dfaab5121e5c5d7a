import type { Registry } from "prom-client";

import { errorTypes, type Sink, toErrorType } from "../observation.ts";
import { schedulerCatalog } from "./catalog.ts";
import { createInstruments } from "./instruments.ts";

const statuses = ["success", "infeasible", "error", "cancelled"] as const;

/** Turns what the scheduler observed into its own metrics; nobody is named in them. */
export function createSchedulerMetrics(registry: Registry): Sink {
  const instruments = createInstruments(registry, schedulerCatalog);
  for (const status of statuses) {
    instruments.zero("beq_scheduler_requests_total", { status });
    instruments.zero("beq_scheduler_request_duration_seconds", { status });
  }
  for (const error_type of errorTypes) instruments.zero("beq_scheduler_errors_total", { error_type });

  return {
    record({ outcome, error_type, seconds, facts }) {
      const status = statuses.find((known) => known === outcome) ?? "success";
      instruments.add("beq_scheduler_requests_total", { status });
      instruments.observe("beq_scheduler_request_duration_seconds", { status }, seconds);
      if (status === "error") instruments.add("beq_scheduler_errors_total", { error_type: toErrorType(error_type) });
      if (facts?.event_count !== undefined) instruments.observe("beq_scheduler_events_count", {}, facts.event_count);
      if (facts?.confidence_score === undefined) return;
      instruments.observe("beq_scheduler_confidence_scores", {}, facts.confidence_score);
    },
  };
}
