/** A metric family as dashboards know it. Counters have no buckets; the units are seconds, ratios and counts. */
export interface Definition {
  readonly name: string;
  readonly type: "counter" | "histogram";
  readonly help: string;
  readonly labels: readonly string[];
  readonly buckets?: readonly number[];
}

// Edges where an objective is likely to lie, so that a share within it is exact: 100 ms, 300 ms, 1 s, 5 s, 10 s, 30 s.
const planning = [0.01, 0.03, 0.1, 0.3, 0.5, 1, 2, 5, 10, 20, 30, 60];
const answering = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30];
const modelling = [0.1, 0.3, 0.5, 1, 2, 5, 10, 20, 30, 60, 120];
const syncing = [0.1, 0.3, 1, 2, 5, 10, 30, 60, 120, 300];
const counts = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000];
const ratios = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1];

/** What the API counts; what reads its page relies on these names and labels. */
export const apiCatalog = [
  counter("beq_schedule_generation_requests_total", "Schedules asked for.", "user_id status has_existing_events"),
  histogram("beq_schedule_generation_duration_seconds", "Time to generate a schedule.", "user_id status", planning),
  counter("beq_schedule_optimization_requests_total", "Optimizations asked for.", "user_id status"),
  histogram("beq_schedule_optimization_duration_seconds", "Time to optimize a schedule.", "user_id status", planning),
  histogram("beq_schedule_events_count", "Events in the schedules made.", "user_id operation", counts),
  histogram("beq_schedule_confidence_scores", "Confidence of the schedules made, 0..1.", "user_id operation", ratios),
  counter("beq_feature_requests_total", "Uses of features and operations.", "feature user_id status"),
  counter("beq_feature_errors_total", "Uses that ended in an error.", "feature user_id error_type"),
  counter("beq_ai_model_requests_total", "Calls of AI models.", "model operation status"),
  histogram("beq_ai_model_latency_seconds", "Time of calls of AI models.", "model operation", modelling),
  counter("beq_orchestrator_requests_total", "HTTP requests by route.", "method endpoint status"),
  histogram("beq_orchestrator_request_duration_seconds", "Time of HTTP requests.", "method endpoint", answering),
  counter("beq_chat_requests_total", "Chat messages.", "status"),
  histogram("beq_chat_request_duration_seconds", "Time to answer a chat message.", "status", modelling),
  counter("beq_calendar_sync_requests_total", "Calendar synchronisations.", "user_id status"),
  histogram("beq_calendar_sync_duration_seconds", "Time of synchronisations.", "user_id status", syncing),
  histogram("beq_calendar_events_synced", "Events a synchronisation moved.", "user_id operation", counts),
  histogram("beq_calendar_conflicts_detected", "Conflicts found.", "user_id conflict_type", counts),
  histogram("beq_calendar_conflicts_resolved", "Conflicts resolved.", "user_id resolution_strategy", counts),
  counter("beq_calendar_conflict_resolution_requests_total", "Resolutions asked for.", "user_id status"),
] as const satisfies readonly Definition[];

/** What the scheduler counts; how many wait and run is read from its pool (see `Telemetry.gauge`). */
export const schedulerCatalog = [
  counter("beq_scheduler_requests_total", "Problems received.", "status"),
  histogram("beq_scheduler_request_duration_seconds", "Time from problem to answer.", "status", planning),
  counter("beq_scheduler_errors_total", "Problems without a plan, by cause.", "error_type"),
  histogram("beq_scheduler_events_count", "Events in the plans made.", "", counts),
  histogram("beq_scheduler_confidence_scores", "Confidence of the plans made, 0..1.", "", ratios),
] as const satisfies readonly Definition[];

function counter<const Name extends string>(name: Name, help: string, labels: string) {
  return { name, type: "counter", help, labels: words(labels) } as const;
}

function histogram<const Name extends string>(name: Name, help: string, labels: string, buckets: readonly number[]) {
  return { name, type: "histogram", help, labels: words(labels), buckets } as const;
}

function words(text: string): readonly string[] {
  return text.split(" ").filter(Boolean);
}
