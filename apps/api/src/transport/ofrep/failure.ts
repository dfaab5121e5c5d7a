import { type Failure, failureOf, status } from "../../failure.ts";

export type OfrepCode = "PARSE_ERROR" | "INVALID_CONTEXT" | "FLAG_NOT_FOUND" | "GENERAL";

/** A refusal in OFREP's words. */
export class OfrepFailure extends Error {
  readonly status: number;
  readonly code: OfrepCode;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, code: OfrepCode, message: string, retryAfterSeconds?: number) {
    super(message);
    this.name = "OfrepFailure";
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export function unauthenticated(): OfrepFailure {
  return new OfrepFailure(401, "GENERAL", "Credentials are missing or wrong");
}

/** Any thrown value as a refusal; `cause` is what the log should know of one that nobody foresaw. */
export function ofrepFailureOf(error: unknown): { failure: OfrepFailure; cause?: unknown } {
  if (error instanceof OfrepFailure) return { failure: error };
  const { code, message, retryAfterSeconds, cause }: Failure = failureOf(error, undefined);
  const failure = new OfrepFailure(status[code], "GENERAL", message, retryAfterSeconds);
  return code === "internal" ? { failure, cause } : { failure };
}

/** The body of a refusal; `key` where one flag was asked for. Some clients understand no status without these fields. */
export function failureBody({ code, message }: OfrepFailure, key: string | undefined): string {
  return JSON.stringify({ key, errorCode: code, errorDetails: message });
}
