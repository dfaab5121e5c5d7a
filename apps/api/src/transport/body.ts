import { limits } from "@beq/scheduler/contract";
import express, { type Request, type Response } from "express";
import { Failure } from "../failure.ts";

/** The largest body of a request that brings documents. */
export const documentBytes = 24 * 1024 * 1024;

const parse = express.json({ limit: limits.bodyBytes, strict: false });
const parseDocument = express.json({ limit: documentBytes, strict: false });

/**
 * The JSON body of a request.
 * @throws {Failure} `unsupported`, `too_large`, `malformed`, or `invalid` where it is no object
 */
export async function readBody(
  request: Request,
  response: Response,
  isRoomy = false,
): Promise<Record<string, unknown>> {
  if (isEmpty(request)) throw notAnObject("missing", "Field required", null);
  if (!request.is(["json", "+json"]))
    throw new Failure("unsupported", "The body must be JSON (Content-Type: application/json)");

  await new Promise<void>((resolve, reject) => {
    const read = isRoomy ? parseDocument : parse;
    read(request, response, (error?: unknown) => (error ? reject(bodyFailure(error)) : resolve()));
  });
  const body: unknown = request.body;
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;

  throw notAnObject(
    "model_attributes_type",
    "Input should be a valid dictionary or object to extract fields from",
    null,
  );
}

/** What body-parser threw, as a failure. */
function bodyFailure(error: unknown): Failure {
  const { type, status, limit = 0 } = error as { type?: string; status?: number; limit?: number };
  switch (type) {
    case "entity.too.large":
      return new Failure("too_large", `The body is larger than ${limit / 1024 / 1024} MB`);
    case "encoding.unsupported":
    case "charset.unsupported":
      return new Failure("unsupported", "The body must be UTF-8 JSON, plain or compressed with gzip, deflate or br");
    case "request.aborted":
      return new Failure("cancelled", "The client went away");
    default:
      return status === 400
        ? new Failure("malformed", "The body is not well-formed JSON")
        : new Failure("internal", "Internal server error", { cause: error });
  }
}

/** Whether a request came without a body. */
export function isEmpty({ headers }: Request): boolean {
  return headers["transfer-encoding"] === undefined && (headers["content-length"] ?? "0") === "0";
}

function notAnObject(type: string, msg: string, input: null): Failure {
  return new Failure("invalid", msg, { detail: [{ type, loc: ["body"], msg, input }] });
}
