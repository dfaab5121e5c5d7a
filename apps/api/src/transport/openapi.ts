import type { AnyTRPCRouter } from "@trpc/server";
import { type JsonSchema, type Operation, operationsOf } from "./operations.ts";

type Content = { "application/json": { schema: JsonSchema } };
type Parameter = { name: string; in: "path" | "query"; required: boolean; schema: JsonSchema };

export type DocumentedOperation = {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security: object[];
  parameters: Parameter[];
  requestBody?: { required: true; content: Content };
  responses: Record<string, { description: string; content: Content }>;
};

export type Documented = {
  openapi: "3.1.0";
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: object;
};

/** The OpenAPI 3.1 description of the REST routes, made from the same meta as the routes. */
export function openApi(router: AnyTRPCRouter, version: string): Documented {
  const paths: Documented["paths"] = {};
  for (const operation of operationsOf(router)) {
    (paths[operation.http.path] ??= {})[operation.http.method] = described(operation);
  }
  return {
    openapi: "3.1.0",
    info: { title: "BeQ", version, description: "Plans a person's week, each feature behind a flag." },
    paths,
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        apiKey: { type: "apiKey", in: "header", name: "X-API-Key" },
      },
      schemas: { Error: errorSchema, ValidationError: validationSchema },
    },
  };
}

function described(operation: Operation): DocumentedOperation {
  const { http, name, input, output, pathParameters, feature } = operation;
  const inPath = pathParameters.map((parameter) => parameterOf(parameter, "path", operation));
  const inQuery =
    http.method === "get"
      ? Object.keys(input.properties ?? {})
          .filter((field) => !pathParameters.includes(field))
          .map((field) => parameterOf(field, "query", operation))
      : [];
  return {
    operationId: name,
    summary: http.summary,
    tags: [http.tag],
    ...(feature && { description: `Behind the feature \`${feature}\`.` }),
    security: http.public ? [] : [{ bearer: [] }, { apiKey: [] }],
    parameters: [...inPath, ...inQuery],
    ...(http.method !== "get" && { requestBody: { required: true, content: json(without(input, pathParameters)) } }),
    responses: { 200: { description: "The answer", content: json(output) }, ...refusals(operation) },
  };
}

function parameterOf(name: string, place: "path" | "query", { input }: Operation): Parameter {
  return {
    name,
    in: place,
    required: place === "path" || (input.required ?? []).includes(name),
    schema: input.properties?.[name] ?? {},
  };
}

function without(schema: JsonSchema, fields: readonly string[]): JsonSchema {
  const properties = Object.entries(schema.properties ?? {}).filter(([name]) => !fields.includes(name));
  return {
    ...schema,
    properties: Object.fromEntries(properties),
    required: (schema.required ?? []).filter((name) => !fields.includes(name)),
  };
}

const errorSchema = {
  type: "object",
  required: ["detail"],
  properties: { detail: { type: "object", required: ["error"], properties: { error: { type: "string" } } } },
};

const validationSchema = {
  type: "object",
  required: ["detail"],
  properties: {
    detail: {
      type: "array",
      items: {
        type: "object",
        required: ["type", "loc", "msg"],
        properties: {
          type: { type: "string", examples: ["missing", "string_too_long", "value_error"] },
          loc: { type: "array", items: { anyOf: [{ type: "string" }, { type: "integer" }] } },
          msg: { type: "string" },
          input: {},
        },
      },
    },
  },
};

function refusals({ http, feature, pathParameters }: Operation): DocumentedOperation["responses"] {
  const refusal = (description: string, schema = "Error") => ({
    description,
    content: json({ $ref: `#/components/schemas/${schema}` }),
  });
  return {
    ...(!http.public && {
      401: refusal("No or wrong credentials"),
      422: refusal("The input does not fit", "ValidationError"),
    }),
    ...(pathParameters.length > 0 && { 404: refusal("What the path names is not there") }),
    ...(feature && { 403: refusal("The feature is not enabled for this user") }),
    ...(http.method !== "get" && {
      400: refusal("Malformed JSON"),
      413: refusal("The body is too large"),
      415: refusal("The body is not JSON"),
      503: refusal("The scheduler is unreachable or overloaded; see Retry-After"),
      504: refusal("The scheduler timed out"),
    }),
  };
}

function json(schema: JsonSchema): Content {
  return { "application/json": { schema } };
}
