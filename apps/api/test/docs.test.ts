import { afterAll, beforeAll, expect, it } from "vitest";
import { operationsOf } from "../src/transport/operations.ts";
import { appRouter } from "../src/router.ts";
import { type Api, serve } from "./serve.ts";

type Document = {
  openapi: string;
  paths: Record<
    string,
    Record<
      string,
      {
        operationId: string;
        responses: Record<string, unknown>;
        requestBody?: { content: { "application/json": { schema: Schema } } };
      }
    >
  >;
};
type Schema = { properties: Record<string, { maxItems?: number; default?: unknown }>; required: string[] };

let api: Api;
let document: Document;
beforeAll(async () => {
  api = await serve();
  document = (await api.get("/api/v1/openapi.json")).body as Document;
});
afterAll(() => api[Symbol.asyncDispose]());

it("documents every REST operation of the router, and no other", () => {
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect(document.openapi).toBe("3.1.0");
  expect(documented.toSorted()).toEqual(
    operationsOf(appRouter)
      .map(({ http }) => `${http.method} ${http.path}`)
      .toSorted(),
  );
  expect(documented).toEqual(
    expect.arrayContaining([
      "get /api/v1/features/status",
      "get /api/v1/features/status/{feature_name}",
      "post /api/v1/schedule/generate",
      "post /api/v1/schedule/optimize",
      "get /api/v1/schedule/{user_id}",
      "post /api/v1/schedule/{user_id}/reschedule",
      "post /api/v1/schedule/{user_id}/apply",
      "post /api/v1/schedule/{user_id}/restore",
      "get /api/v1/schedule/{user_id}/versions",
      "get /health",
      "get /health/live",
      "get /health/ready",
      "get /health/detailed",
    ]),
  );
});

it("names the body's fields with their limits and defaults", () => {
  const schema = document.paths["/api/v1/schedule/generate"]?.["post"]?.requestBody?.content["application/json"].schema;
  expect(schema?.required.toSorted()).toEqual(["tasks", "user_id"]);
  expect(schema?.properties["tasks"]?.maxItems).toBe(500);
  expect(schema?.properties["planning_horizon_days"]?.default).toBe(7);
});

it("leaves what is in the path out of the body", () => {
  const schema =
    document.paths["/api/v1/schedule/{user_id}/reschedule"]?.["post"]?.requestBody?.content["application/json"].schema;
  expect(Object.keys(schema?.properties ?? {})).toEqual([
    "updates",
    "finished",
    "task_changes",
    "new_tasks",
    "dropped",
    "unpinned",
    "week",
    "actuals",
    "preview",
  ]);
});

it("has a page for people, that needs no script", async () => {
  const { status, body, headers } = await api.get("/docs");
  expect(status).toBe(200);
  expect(headers.get("content-type")).toContain("text/html");
  for (const path of Object.keys(document.paths)) expect(body).toContain(`<code>${path}</code>`);
  expect(body).not.toContain("<script");
  expect(await api.get("/docs/style.css")).toMatchObject({ status: 200 });
});
