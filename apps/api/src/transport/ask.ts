import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import { AboutUser } from "../procedure.ts";

/** A question about a user's features, and the form in which its answer is read. */
export type Ask = { userId: string | null; form: keyof typeof forms };

/** What tRPC makes of an answer's JSON: asked alone, as a batch of one, and as a batch of one that arrives in lines. */
export const forms = {
  alone: (text: string) => `{"result":{"data":${text}}}`,
  batch: (text: string) => `[{"result":{"data":${text}}}]`,
  lines: (text: string) =>
    `{"0":[[0],[null,0,0]]}\n[0,0,[[{"result":0}],["result",0,1]]]\n[1,0,[[{"data":0}],["data",0,2]]]\n[2,0,[[${text}]]]\n`,
};

/** The user in the query of the REST route; undefined for anything but that one parameter. */
export function fromQuery(query: string): Ask | undefined {
  if (query === "") return { userId: null, form: "alone" };
  const parameters = new URLSearchParams(query);
  const userId = parameters.get("user_id");
  if (userId === null || parameters.size !== 1) return undefined;
  return asked({ user_id: userId }, "alone");
}

const known = new Set(["input", "batch", "lastEventId"]);

/** The user in a call by tRPC's clients, each in its form; undefined for what is unusual. */
export function fromInput(query: string, mayBatch: boolean, headers: IncomingHttpHeaders): Ask | undefined {
  const parameters = new URLSearchParams(query);
  const form = formOf(parameters, headers);
  if (!form || (form !== "alone" && !mayBatch)) return undefined;
  if ([...parameters.keys()].some((name) => !known.has(name))) return undefined;

  const text = parameters.get("input");
  // Only the question may come without a user; the stream's input has no default.
  const input = text === null ? (mayBatch ? {} : undefined) : parsed(text);
  if (form === "alone") return asked(input, form);

  const batch = z.record(z.string(), z.unknown()).safeParse(input);
  return batch.success ? asked(batch.data["0"] ?? {}, form) : undefined;
}

function formOf(parameters: URLSearchParams, headers: IncomingHttpHeaders): Ask["form"] | undefined {
  const accept = headers["trpc-accept"];
  const isBatch = parameters.get("batch") === "1";
  if (accept === undefined) return isBatch ? "batch" : "alone";
  return accept === "application/jsonl" && isBatch ? "lines" : undefined;
}

const Input = AboutUser.extend({ lastEventId: z.string().max(100).nullish() });

function asked(input: unknown, form: Ask["form"]): Ask | undefined {
  const { success, data } = Input.safeParse(input);
  return success ? { userId: data.user_id ?? null, form } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No input of this procedure is a text, so that this is refused by the one that answers for it.
    return "";
  }
}
