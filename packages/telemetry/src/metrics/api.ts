import type { Registry } from "prom-client";

import type { Call, Sink, UsageStatus } from "../observation.ts";
import { apiCatalog } from "./catalog.ts";
import { createInstruments } from "./instruments.ts";
import { createBoundedLabel, methodLabel, statusLabel } from "./labels.ts";
import { type ApiInstruments, recordSchedule, zeroSchedule } from "./schedule.ts";
import { recordUsage, usableNames, usageOf, zeroUsage } from "./usage.ts";
import { anonymous, everybody, type UserLabels } from "./users.ts";

export interface Request {
  readonly method: string;
  /** The route, never the raw path. */
  readonly endpoint: string;
  /** HTTP */
  readonly status: number;
  readonly seconds: number;
}

export interface ApiMetrics extends Sink {
  start(call: Call): void;
  use(call: Call, status: UsageStatus, error_type: string | undefined): void;
  request(request: Request): void;
}

export interface ApiMetricsDeps {
  readonly registry: Registry;
  readonly users: UserLabels;
  /** The keys of the features; they and their checks are the values of the label `feature`. */
  readonly features: readonly string[];
  readonly userHistograms: boolean;
}

// A route table is finite; the bound is for the day when somebody passes a path.
const maxEndpoints = 200;

/** Turns what happened into the metrics of the API; every closed set stands at 0 from the start. */
export function createApiMetrics({ registry, users, features, userHistograms }: ApiMetricsDeps): ApiMetrics {
  const instruments = createInstruments(registry, apiCatalog);
  const names = usableNames(features);
  const measured = (user_id: string) => (userHistograms ? user_id : everybody);
  zeroUsage(instruments, names);
  zeroSchedule(instruments, measured(anonymous));
  zeroRooms(instruments, measured(anonymous));

  const labelOf = ({ user_id, vouched = false }: Call) => users.of(user_id, vouched);
  // The gate of optimization bears the operation's own name: one use, not two.
  const usedBy = ({ feature = "", operation }: Call) =>
    (feature === operation ? [operation] : [feature, operation]).filter((name) => names.has(name));

  return {
    start(call) {
      const user_id = labelOf(call);
      for (const feature of usedBy(call)) recordUsage(instruments, { feature, user_id }, "started", undefined);
    },
    use(call, status, error_type) {
      const feature = names.has(call.operation) ? call.operation : "other";
      recordUsage(instruments, { feature, user_id: labelOf(call) }, status, error_type);
    },
    record(observation) {
      const user_id = labelOf(observation);
      for (const feature of usedBy(observation)) {
        const status = usageOf(observation.outcome, feature);
        if (status) recordUsage(instruments, { feature, user_id }, status, observation.error_type);
      }
      recordSchedule(instruments, observation, { counted: user_id, measured: measured(user_id) });
    },
    request: createRequestCounter(instruments),
  };
}

function createRequestCounter(instruments: ApiInstruments): (request: Request) => void {
  const endpointLabel = createBoundedLabel(maxEndpoints);

  return ({ method, endpoint, status, seconds }) => {
    const labels = { method: methodLabel(method), endpoint: endpointLabel(endpoint) };
    instruments.add("beq_orchestrator_requests_total", { ...labels, status: statusLabel(status) });
    instruments.observe("beq_orchestrator_request_duration_seconds", labels, seconds);
  };
}

// Chat and calendar stand at 0 too: a dashboard that shows nothing cannot be told from a broken one.
function zeroRooms(instruments: ApiInstruments, measured: string): void {
  for (const status of ["success", "error", "cancelled"]) {
    instruments.zero("beq_chat_requests_total", { status });
    instruments.zero("beq_chat_request_duration_seconds", { status });
    instruments.zero("beq_calendar_sync_requests_total", { user_id: anonymous, status });
    instruments.zero("beq_calendar_sync_duration_seconds", { user_id: measured, status });
    instruments.zero("beq_calendar_conflict_resolution_requests_total", { user_id: anonymous, status });
  }
}
