import type { Response } from "express";
import type { Progress } from "./contract/index.ts";
import { type Failure, statuses } from "./failure.ts";

/** How one answer reaches its client: as one JSON body, or line by line while it is being found. */
export type Reply = {
  /** Empty where the client did not ask for progress. */
  listening: { onProgress?: (progress: Progress) => void };
  /** Ends the reply unless another answer is to come. */
  answer: (json: string, isFinal: boolean) => void;
  fail: (failure: Failure) => void;
};

export function plainReply(response: Response): Reply {
  return {
    listening: {},
    answer: (json) => send(response, 200, json),
    fail: (failure) => sendFailure(response, failure),
  };
}

// A reader that slow sees fewer steps of progress, but never loses the answer.
const slowReaderBytes = 64 * 1024;

/**
 * NDJSON: lines of {@link Progress}, at last one of type `answer` or `error`; an answer that is not `final` is followed
 * by more. What is refused before the first step
 * still gets its status.
 */
export function lineReply(response: Response): Reply {
  const write = (line: string): void => {
    if (!response.headersSent) begin(response);
    response.write(`${line}\n`);
  };
  return {
    listening: {
      onProgress: (progress) => {
        if (!response.destroyed && response.writableLength < slowReaderBytes) write(JSON.stringify(progress));
      },
    },
    answer: (json, isFinal) => {
      write(`{"type":"answer","final":${isFinal},"answer":${json}}`);
      if (isFinal) response.end();
    },
    fail: (failure) => {
      if (!response.headersSent) return sendFailure(response, failure);
      write(JSON.stringify({ type: "error", status: statuses[failure.code], detail: failure.detail }));
      response.end();
    },
  };
}

function begin(response: Response): void {
  response.writeHead(200, {
    "Content-Type": "application/x-ndjson; charset=utf-8",
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",
  });
}

export function send(response: Response, status: number, json: string): void {
  response.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": Buffer.byteLength(json),
    "Cache-Control": "no-store",
  });
  response.end(json);
}

export function sendFailure(response: Response, { code, detail, retryAfterSeconds }: Failure): void {
  if (retryAfterSeconds !== undefined) response.setHeader("Retry-After", String(retryAfterSeconds));
  if (code === "unauthenticated") response.setHeader("WWW-Authenticate", "Bearer");
  send(response, statuses[code], JSON.stringify({ detail }));
}
