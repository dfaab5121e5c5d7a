import type { IncomingMessage } from "node:http";
import { OfrepFailure } from "./failure.ts";

/** The largest body of a question. */
const mostBytes = 64 * 1024;

/** Thrown where the client went away: there is nobody to answer. */
export class Gone extends Error {}

/** Refuses, before a byte of it is read, a body that cannot be one. */
export function checkHead({ headers }: IncomingMessage): void {
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(headers["content-type"] ?? ""))
    throw new OfrepFailure(415, "PARSE_ERROR", "The body must be JSON (Content-Type: application/json)");
  if (headers["content-encoding"] !== undefined && headers["content-encoding"] !== "identity")
    throw new OfrepFailure(415, "PARSE_ERROR", "The body must not be compressed");
  if (Number(headers["content-length"] ?? 0) > mostBytes) throw tooLarge();
}

/**
 * The body, read whole and given to `then`; what goes wrong is given to `otherwise`. Callbacks, for a promise would cost
 * what the rest of the door does.
 */
export function readBytes(
  request: IncomingMessage,
  then: (body: Buffer) => void,
  otherwise: (error: unknown) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let over = false;
  const finish = (end: () => void) => {
    if (over) return;
    over = true;
    end();
  };
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostBytes) return finish(() => otherwise(tooLarge()));
    if (!over) chunks.push(chunk);
  });
  request.once("end", () => finish(() => then(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks))));
  request.once("error", () => finish(() => otherwise(new Gone())));
  request.once("close", () => finish(() => otherwise(new Gone())));
}

function tooLarge(): OfrepFailure {
  return new OfrepFailure(413, "GENERAL", `The body is larger than ${mostBytes / 1024} kB`);
}
