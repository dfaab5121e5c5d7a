import type { Invalid } from "./contract/index.ts";

/** What a client is refused for, and the status it gets. */
export const statuses = {
  malformed: 400,
  unauthenticated: 401,
  missing: 404,
  too_large: 413,
  unsupported: 415,
  invalid: 422,
  internal: 500,
  unavailable: 503,
  timeout: 504,
};

export type FailureCode = keyof typeof statuses;

type Detail = Invalid[] | { error: string; request_id?: string };

export type Failure = {
  code: FailureCode;
  /** The only key of the error's body. */
  detail: Detail;
  /** After how long another try makes sense. */
  retryAfterSeconds: number | undefined;
};

/** Thrown by a route, answered by {@link failureOf}'s caller. */
export class Refused extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

export function failure(code: FailureCode, error: string, retryAfterSeconds?: number): Failure {
  return { code, detail: { error }, retryAfterSeconds };
}

export function invalid(detail: Invalid[]): Failure {
  return { code: "invalid", detail, retryAfterSeconds: undefined };
}

/** A defect of ours, its cause kept inside; the id finds it in the log. */
export function internal(request_id: string): Failure {
  const detail = { error: "Internal server error", request_id };
  return { code: "internal", detail, retryAfterSeconds: undefined };
}

/** What a thrown error means for the client, or undefined for a defect. Knows the words of Express's body parser. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof Refused) return error.failure;
  if (!(error instanceof Error) || !("status" in error)) return undefined;

  switch (error.status) {
    case 413:
      return failure("too_large", "The body is larger than the limit of 2 MB");
    case 415:
      return failure("unsupported", "The body's Content-Encoding or charset is not supported");
    case 400:
      return failure("malformed", "Malformed request");
    default:
      return undefined;
  }
}
