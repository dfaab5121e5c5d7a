import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Correlation, Ids, Telemetry } from "@beq/telemetry";
import { securityHeadersOf } from "./headers.ts";

/** One request at a door that stands before Express. */
export type Visit = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The route, for the metrics. */
  readonly endpoint: string;
  readonly requestId: string;
  /** `performance.now()` at its beginning. */
  readonly startedAt: number;
};

/** Header names and values in turn, as `writeHead` takes them. */
export type HeaderList = readonly string[];

/** What doors before Express have in common: ids, security headers and request metrics, as cheap as they can be. */
export type Plain = {
  visit(request: IncomingMessage, response: ServerResponse, endpoint: string): Visit;
  /** Answers whole, in one write. */
  answer(visit: Visit, status: number, headers: HeaderList, body?: string | Buffer): void;
  /** Sends the head of an answer that goes on. */
  begin(visit: Visit, headers: HeaderList): void;
  /** Counts a request whose client left before the answer. */
  left(visit: Visit): void;
  /** Runs `fn` with the request's ids on the log lines that it causes. */
  correlated(visit: Visit, fn: () => void): void;
};

export type PlainDeps = {
  telemetry: Pick<Telemetry, "recordRequest">;
  correlation: Correlation;
  overTls: boolean;
};

export const jsonType: HeaderList = ["Content-Type", "application/json; charset=utf-8"];

export function createPlain({ telemetry, correlation, overTls }: PlainDeps): Plain {
  const security = [...securityHeadersOf(overTls)].flat();
  const counted = ({ request, endpoint, startedAt }: Visit, status: number) => {
    const seconds = (performance.now() - startedAt) / 1000;
    telemetry.recordRequest({ method: request.method ?? "GET", endpoint, status, seconds });
  };
  const head = ({ response, requestId }: Visit, status: number, headers: HeaderList) =>
    response.writeHead(status, ["X-Request-Id", requestId, ...security, ...headers]);

  return {
    visit: (request, response, endpoint) => {
      const requestId = requestIdOf(request);
      return { request, response, endpoint, requestId, startedAt: performance.now() };
    },
    answer(visit, status, headers, body) {
      const length = body === undefined ? [] : ["Content-Length", String(Buffer.byteLength(body))];
      head(visit, status, [...headers, ...length]).end(body);
      counted(visit, status);
    },
    begin(visit, headers) {
      // It ends with its connection: what is written later goes out as it is, without a chunk's head and tail.
      visit.response.useChunkedEncodingByDefault = false;
      head(visit, 200, headers).flushHeaders();
      counted(visit, 200);
    },
    left: (visit) => counted(visit, 499),
    correlated({ request, requestId }, fn) {
      const ids: Ids = { ...correlation.fromHeaders(request.headers), request_id: requestId };
      correlation.run(ids, fn);
    },
  };
}

const accepted = /^[A-Za-z0-9-]{8,64}$/;

/** The caller's id where it is well formed, as everywhere else; a new one costs no entropy call of its own. */
function requestIdOf({ headers }: IncomingMessage): string {
  const asked = headers["x-request-id"];
  return typeof asked === "string" && accepted.test(asked) ? asked : randomUUID();
}
