/** How an observed call ended; `checked` is the success of a question about a feature. */
export type Outcome = "success" | "infeasible" | "error" | "cancelled" | "disabled" | "checked";

/** The closed set of `error_type`: the failures that are told to callers by name, and `other` for the rest. */
export const errorTypes = [
  "malformed",
  "unauthenticated",
  "forbidden",
  "feature_disabled",
  "missing",
  "conflict",
  "too_large",
  "unsupported",
  "invalid",
  "limited",
  "upstream",
  "unavailable",
  "timeout",
  "other",
] as const;
export type ErrorType = (typeof errorTypes)[number];

export const usageStatuses = ["started", "success", "error", "disabled", "checked"] as const;
export type UsageStatus = (typeof usageStatuses)[number];

/** One call of one procedure, as known when it starts. */
export interface Call {
  /** `schedule_generation`, `schedule_optimization`, `feature_check_{feature_name}`, or any name of snake_case words. */
  readonly operation: string;
  /** The key of the feature that stands before the procedure, where one does. */
  readonly feature?: string | undefined;
  readonly user_id?: string | undefined;
  /** True when a session or a key vouches for `user_id`; only then may it become a label. */
  readonly vouched?: boolean | undefined;
}

/** One call of one procedure, as its only observer saw it end. */
export interface Observation extends Call {
  readonly outcome: Outcome;
  /** Anything outside of `errorTypes` counts as `other`. */
  readonly error_type?: string | undefined;
  readonly seconds: number;
  readonly facts?: Facts | undefined;
  /** Its success is nothing to read about: logged at `debug`. */
  readonly quiet?: boolean | undefined;
  /** What an unforeseen failure was caused by; for the log alone. */
  readonly cause?: unknown;
}

/** Numbers about an answer. */
export interface Facts {
  readonly event_count?: number | undefined;
  /** 0..1 */
  readonly confidence_score?: number | undefined;
  readonly has_existing_events?: boolean | undefined;
}

/** Something that makes metrics, lines or rows of observations. */
export interface Sink {
  record(observation: Observation): void;
}

export function toErrorType(name: string | undefined): ErrorType {
  return errorTypes.find((type) => type === name) ?? "other";
}
