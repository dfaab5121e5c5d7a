import { errorTypes, type Outcome, toErrorType, usageStatuses, type UsageStatus } from "../observation.ts";
import type { ApiInstruments } from "./schedule.ts";
import { anonymous } from "./users.ts";

/** The values of the label `feature`: the two schedule operations, each feature and the question whether it is on. */
export function usableNames(features: readonly string[]): ReadonlySet<string> {
  const checks = features.map((key) => `feature_check_${key}`);
  return new Set(["schedule_generation", "schedule_optimization", ...features, ...checks]);
}

/** How a call counts as a use of `name`; undefined when its caller left, so that `started` alone remains. */
export function usageOf(outcome: Outcome, name: string): UsageStatus | undefined {
  switch (outcome) {
    case "success":
    case "infeasible": // an answer, and the feature did its work
      return name.startsWith("feature_check_") ? "checked" : "success";
    case "cancelled":
      return undefined;
    default:
      return outcome;
  }
}

export function recordUsage(
  instruments: ApiInstruments,
  { feature, user_id }: { readonly feature: string; readonly user_id: string },
  status: UsageStatus,
  error_type: string | undefined,
): void {
  instruments.add("beq_feature_requests_total", { feature, user_id, status });
  if (status !== "error") return;
  instruments.add("beq_feature_errors_total", { feature, user_id, error_type: toErrorType(error_type) });
}

export function zeroUsage(instruments: ApiInstruments, names: ReadonlySet<string>): void {
  for (const feature of names) {
    const labels = { feature, user_id: anonymous };
    for (const status of usageStatuses) instruments.zero("beq_feature_requests_total", { ...labels, status });
    for (const error_type of errorTypes) instruments.zero("beq_feature_errors_total", { ...labels, error_type });
  }
}
