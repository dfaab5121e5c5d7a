import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Actor } from "../access/actor.ts";

/**
 * A door that stands before Express. It answers what it knows how to, and leaves the rest to those behind it by
 * returning false, or by calling `leave` later, before it has touched the answer.
 */
export type Door = (request: IncomingMessage, response: ServerResponse, address: Address, leave: () => void) => boolean;

export type Address = {
  /** As sent: still encoded, without the query. */
  path: string;
  query: string;
};

/**
 * Who asks, as far as it is known without waiting; undefined where the database must be asked first.
 * @throws {Failure} `limited`
 */
export type Peek = (headers: IncomingHttpHeaders) => Actor | undefined;

/** One listener for a server: the doors in their order, then the app. */
export function createListener(doors: readonly Door[], app: RequestListener): RequestListener {
  return (request, response) => {
    const { url = "/" } = request;
    const mark = url.indexOf("?");
    const address = mark < 0 ? { path: url, query: "" } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
    const leave = () => app(request, response);
    if (!doors.some((door) => door(request, response, address, leave))) leave();
  };
}
