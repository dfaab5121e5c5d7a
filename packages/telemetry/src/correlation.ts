import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";

import { formatTraceparent, parseTraceparent } from "./traceparent.ts";

/** What ties the lines of one request together, across web, api and scheduler. */
export interface Ids {
  readonly request_id: string;
  /** 32 lower-case hex digits. */
  readonly trace_id: string;
  /** 16 lower-case hex digits: this process's hop in the trace. */
  readonly span_id: string;
  /** W3C flags, 2 hex digits; absent means `01`, for every request leaves a log line. */
  readonly trace_flags?: string;
  readonly user_id?: string;
}

/** Node's `IncomingHttpHeaders`, or any record with lower-case names. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface Correlation {
  /** Runs `fn` and everything it awaits under `ids`. */
  run<Result>(ids: Ids, fn: () => Result): Result;
  /** The ids of the running request; undefined outside of one. */
  current(): Ids | undefined;
  /** Says whose request the running one is, once that is known; without effect outside of a request. */
  identify(user_id: string): void;
  /** The caller's ids where they are well formed, new ones otherwise; the span is always new. Never throws. */
  fromHeaders(headers: Headers): Ids;
  /** `x-request-id` and `traceparent` for a call to another service; empty outside of a request. */
  toHeaders(): Record<string, string>;
}

const acceptedRequestId = /^[A-Za-z0-9-]{8,64}$/;

export function createCorrelation({ random = randomHex }: { random?: (bytes: number) => string } = {}): Correlation {
  const storage = new AsyncLocalStorage<{ ids: Ids }>();

  return {
    // A cell, not the ids themselves: who asks is found out after the scope was opened.
    run: (ids, fn) => storage.run({ ids }, fn),
    current: () => storage.getStore()?.ids,
    identify(user_id) {
      const cell = storage.getStore();
      if (cell) cell.ids = { ...cell.ids, user_id };
    },
    fromHeaders: (headers) => adopt(headers, random),
    toHeaders: () => headersOf(storage.getStore()?.ids),
  };
}

function adopt(headers: Headers, random: (bytes: number) => string): Ids {
  const caller = parseTraceparent(single(headers["traceparent"]));
  const asked = single(headers["x-request-id"]);

  return {
    request_id: acceptedRequestId.test(asked) ? asked : random(16),
    trace_id: caller?.trace_id ?? random(16),
    span_id: random(8),
    trace_flags: caller?.trace_flags ?? "01",
  };
}

function headersOf(ids: Ids | undefined): Record<string, string> {
  if (!ids) return {};
  return { "x-request-id": ids.request_id, traceparent: formatTraceparent({ trace_flags: "01", ...ids }) };
}

// A repeated header names two requests: neither is believed.
function single(value: string | readonly string[] | undefined): string {
  return typeof value === "string" ? value : "";
}

function randomHex(bytes: number): string {
  return randomBytes(bytes).toString("hex");
}
