import { TRPCError } from "@trpc/server";
import { invalidList, type Invalid } from "@beq/scheduler/contract";
import { ZodError } from "zod";

/** Every way in which a request can be refused, and the HTTP status that says so. */
export const status = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  feature_disabled: 403,
  missing: 404,
  conflict: 409,
  too_large: 413,
  unsupported: 415,
  invalid: 422,
  limited: 429,
  cancelled: 499,
  internal: 500,
  upstream: 502,
  unavailable: 503,
  timeout: 504,
} as const;

export type FailureCode = keyof typeof status;

const trpcCode = {
  malformed: "PARSE_ERROR",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  feature_disabled: "FORBIDDEN",
  missing: "NOT_FOUND",
  conflict: "CONFLICT",
  too_large: "PAYLOAD_TOO_LARGE",
  unsupported: "UNSUPPORTED_MEDIA_TYPE",
  invalid: "UNPROCESSABLE_CONTENT",
  limited: "TOO_MANY_REQUESTS",
  cancelled: "CLIENT_CLOSED_REQUEST",
  internal: "INTERNAL_SERVER_ERROR",
  upstream: "BAD_GATEWAY",
  unavailable: "SERVICE_UNAVAILABLE",
  timeout: "GATEWAY_TIMEOUT",
} as const satisfies Record<FailureCode, TRPCError["code"]>;

const codeOfTrpc = new Map<string, FailureCode>([
  ...Object.entries(trpcCode)
    .filter(([code]) => code !== "feature_disabled")
    .map(([code, name]) => [name, code as FailureCode] as const),
  // A procedure is there for its own method; for the other there is nothing, as at REST's door.
  ["METHOD_NOT_SUPPORTED", "missing"],
]);

/** The one refusal that code throws; each door translates it by the tables above. */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly retryAfterSeconds: number | undefined;
  /** The value of `detail` in the answer, where it is more than the message. */
  readonly detail: Invalid[] | Readonly<Record<string, unknown>> | undefined;

  constructor(
    code: FailureCode,
    message: string,
    more: { retryAfterSeconds?: number; detail?: Failure["detail"]; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.name = "Failure";
    this.code = code;
    this.retryAfterSeconds = more.retryAfterSeconds;
    this.detail = more.detail;
  }
}

/**
 * Any thrown value as a Failure. What we did not foresee becomes `internal`, its message kept for the log alone.
 * @param input what was sent, to quote the offending parts
 * @param locate where the field at a path came from: `body`, `query` or `path`
 */
export function failureOf(
  error: unknown,
  input: unknown,
  locate: (path: readonly PropertyKey[]) => string = () => "body",
): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof ZodError)
    return new Failure("invalid", "The request does not fit the schema", {
      detail: invalidList(error.issues, input, locate),
    });
  if (!(error instanceof TRPCError)) return new Failure("internal", "Internal server error", { cause: error });
  if (error.cause instanceof Failure || error.cause instanceof ZodError) return failureOf(error.cause, input, locate);

  const code = error.code === "BAD_REQUEST" ? "malformed" : (codeOfTrpc.get(error.code) ?? "internal");
  return code === "internal"
    ? new Failure("internal", "Internal server error", { cause: error.cause ?? error })
    : new Failure(code, error.message, { cause: error });
}

/** What tRPC's door throws for a failure. */
export function trpcError(failure: Failure): TRPCError {
  return new TRPCError({ code: trpcCode[failure.code], message: failure.message, cause: failure });
}

/** The value of `detail` in an answer. An internal failure shows the request's id and nothing of its cause. */
export function detailOf(failure: Failure, requestId: string): NonNullable<Failure["detail"]> {
  if (failure.detail) return failure.detail;
  return failure.code === "internal" ? { error: failure.message, request_id: requestId } : { error: failure.message };
}
