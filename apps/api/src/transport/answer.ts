import type { Response } from "express";
import { detailOf, type Failure, status } from "../failure.ts";

/** Answers a failure in FastAPI's envelope. */
export function answerFailure(response: Response, failure: Failure, requestId: string): void {
  if (response.headersSent) return void response.destroy();
  if (failure.retryAfterSeconds !== undefined)
    response.setHeader("Retry-After", String(Math.ceil(failure.retryAfterSeconds)));
  if (failure.code === "unauthenticated") response.setHeader("WWW-Authenticate", "Bearer");
  response.status(status[failure.code]).json({ detail: detailOf(failure, requestId) });
}
