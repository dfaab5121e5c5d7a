import type { AnyTRPCRouter } from "@trpc/server";
import { z } from "zod";
import type { Meta } from "../trpc.ts";
import { lazy } from "./lazy.ts";

/** A JSON Schema object, as far as it is read here. */
export type JsonSchema = {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  anyOf?: JsonSchema[];
  items?: JsonSchema;
  additionalProperties?: JsonSchema;
  enum?: unknown[];
  description?: string;
  [keyword: string]: unknown;
};

/** A procedure that is also a REST operation. */
export type Operation = {
  /** The procedure's path in the router, such as `schedule.generate`. */
  name: string;
  type: "query" | "mutation";
  http: NonNullable<Meta["http"]>;
  feature: Meta["feature"];
  /** The parameters named in the path. */
  pathParameters: string[];
  readonly input: JsonSchema;
  readonly output: JsonSchema;
};

/** Every procedure of the router whose meta names a REST route. */
export function operationsOf(router: AnyTRPCRouter): Operation[] {
  return Object.entries(router._def.procedures).flatMap(([name, procedure]) => {
    const definition = definitionOf(procedure);
    const { http, feature } = definition.meta ?? {};
    if (!http || definition.type === "subscription") return [];

    const pathParameters = [...http.path.matchAll(/\{(\w+)\}/g)].map(([, parameter = ""]) => parameter);
    // A schema costs milliseconds, and there are a hundred: a start waits for none of them.
    const input = lazy(() => merged(definition.inputs.map((schema) => schemaOf(schema, "input"))));
    const output = lazy(() => schemaOf(definition.output, "output"));
    return [
      {
        name,
        type: definition.type,
        http,
        feature,
        pathParameters,
        get input() {
          return input();
        },
        get output() {
          return output();
        },
      },
    ];
  });
}

type Definition = {
  type: "query" | "mutation" | "subscription";
  meta?: Meta;
  inputs: unknown[];
  output?: unknown;
};

// tRPC keeps these at run time and leaves them out of its public types.
function definitionOf(procedure: unknown): Definition {
  return (procedure as { _def: Definition })._def;
}

function schemaOf(schema: unknown, io: "input" | "output"): JsonSchema {
  if (!(schema instanceof z.ZodType)) return {};
  return z.toJSONSchema(schema, { io, target: "draft-2020-12", unrepresentable: "any" }) as JsonSchema;
}

function merged(schemas: readonly JsonSchema[]): JsonSchema {
  return {
    type: "object",
    properties: Object.assign({}, ...schemas.map(({ properties }) => properties)),
    required: schemas.flatMap(({ required }) => required ?? []),
  };
}

/** A query string's value as the type that the schema asks for; text stays text where it does not fit. */
export function fromQuery(text: string, schema: JsonSchema | undefined): unknown {
  const types = [schema, ...(schema?.anyOf ?? [])].flatMap((part) => part?.type ?? []);
  if ((types.includes("integer") || types.includes("number")) && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (types.includes("boolean") && /^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  return text;
}
