import { errorTypes, type Observation, type Sink } from "../observation.ts";
import type { Level } from "./level.ts";
import type { Logger } from "./logger.ts";

// What the operator must look into, and what only the operator's dependencies or the caller did.
const levelOf: Readonly<Record<string, Level>> = {
  upstream: "warn",
  unavailable: "warn",
  timeout: "warn",
  limited: "warn",
};
const refused: ReadonlySet<string> = new Set(errorTypes.filter((type) => type !== "other" && !(type in levelOf)));

const verbs: Readonly<Record<string, string>> = {
  schedule_generation: "Schedule generated",
  schedule_optimization: "Schedule optimized",
};

/** One line an observation. */
export function createLogSink(logger: Logger): Sink {
  return {
    record(observation) {
      const { operation, outcome, seconds, user_id, error_type, facts, cause } = observation;
      const duration = Math.round(seconds * 1e6) / 1e6;
      const { event_count, confidence_score } = facts ?? {};
      const numbers = { duration, status: outcome, error_type, event_count, confidence_score };
      logger[severity(observation)](headline(observation), { user_id, operation, ...numbers, error: cause });
    },
  };
}

function severity({ outcome, error_type, quiet }: Observation): Level {
  if (outcome !== "error") return quiet ? "debug" : "info";
  if (error_type !== undefined && refused.has(error_type)) return "info";
  return (error_type !== undefined ? levelOf[error_type] : undefined) ?? "error";
}

function headline({ operation, outcome }: Observation): string {
  const verb = outcome === "success" ? verbs[operation] : undefined;
  return verb ?? `${operation} ${outcome}`;
}
