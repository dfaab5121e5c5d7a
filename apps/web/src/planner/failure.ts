import type { Invalid } from "@beq/scheduler/contract";

/** What the planner has to know of a call that did not succeed. */
export type Failure =
  | { kind: "invalid"; items: Invalid[] }
  | { kind: "disabled" }
  | { kind: "unauthenticated" }
  | { kind: "unreachable"; message: string }
  | { kind: "defect"; message: string; requestId: string | null };

/** What tRPC's errors carry here; see the API's error formatter. */
type Data = { failure: string; httpStatus: number; detail: unknown };

/**
 * Any error of a call as a {@link Failure}. An error without data never reached the API, or its answer never came.
 */
export function failureOf(error: unknown): Failure {
  const data = dataOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (!data) return { kind: "unreachable", message: "BeQ's server cannot be reached from here." };

  switch (data.failure) {
    case "invalid":
      return { kind: "invalid", items: Array.isArray(data.detail) ? (data.detail as Invalid[]) : [] };
    case "feature_disabled":
      return { kind: "disabled" };
    case "unauthenticated":
      return { kind: "unauthenticated" };
    case "unavailable":
    case "timeout":
    case "upstream":
      return { kind: "unreachable", message };
    default:
      return { kind: "defect", message, requestId: requestIdOf(data.detail) };
  }
}

function dataOf(error: unknown): Data | undefined {
  if (typeof error !== "object" || error === null || !("data" in error)) return undefined;
  const { data } = error;
  return typeof data === "object" && data !== null && "failure" in data ? (data as Data) : undefined;
}

function requestIdOf(detail: unknown): string | null {
  return typeof detail === "object" && detail !== null && "request_id" in detail ? String(detail.request_id) : null;
}
