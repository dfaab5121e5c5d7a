import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { createLogger } from "./log/logger.ts";
import type { Observation } from "./observation.ts";
import { samples, sum } from "./testing/page.ts";
import { api, scheduler } from "./testing/service.ts";

const generated: Observation = {
  operation: "schedule_generation",
  feature: "schedule_optimization",
  outcome: "success",
  seconds: 1.23,
  user_id: "user-123",
  vouched: true,
  facts: { event_count: 5, confidence_score: 0.85, has_existing_events: true },
};

describe("an observation", () => {
  it("is counted under its operation, its feature and its user", async () => {
    const { telemetry } = api();
    telemetry.record(generated);
    const page = await telemetry.metrics();
    const user_id = "user-123";
    const requests = { user_id, status: "success", has_existing_events: "true" };
    expect(sum(page, "beq_schedule_generation_requests_total", requests)).toBe(1);
    expect(
      sum(page, "beq_feature_requests_total", { user_id, feature: "schedule_generation", status: "success" }),
    ).toBe(1);
    expect(
      sum(page, "beq_feature_requests_total", { user_id, feature: "schedule_optimization", status: "success" }),
    ).toBe(1);
    expect(sum(page, "beq_schedule_optimization_requests_total")).toBe(0);
    expect(sum(page, "beq_active_users")).toBe(1);
  });

  it("is measured for all users together", async () => {
    const { telemetry } = api();
    telemetry.record(generated);
    const page = await telemetry.metrics();
    expect(sum(page, "beq_schedule_generation_duration_seconds_sum", { user_id: "_all", status: "success" })).toBe(
      1.23,
    );
    expect(sum(page, "beq_schedule_generation_duration_seconds_bucket", { le: "1" })).toBe(0);
    expect(sum(page, "beq_schedule_generation_duration_seconds_bucket", { le: "2" })).toBe(1);
    expect(sum(page, "beq_schedule_events_count_sum", { user_id: "_all", operation: "generation" })).toBe(5);
    expect(sum(page, "beq_schedule_confidence_scores_sum", { user_id: "_all", operation: "generation" })).toBe(0.85);
  });

  it("is measured by user where that is asked for", async () => {
    const { telemetry } = api({ userHistograms: true });
    telemetry.record(generated);
    const page = await telemetry.metrics();
    expect(sum(page, "beq_schedule_generation_duration_seconds_count", { user_id: "user-123" })).toBe(1);
    expect(sum(page, "beq_schedule_generation_duration_seconds_count", { user_id: "_all" })).toBeUndefined();
  });

  it("of optimization is one use, though the feature bears the same name", async () => {
    const { telemetry } = api();
    telemetry.record({ ...generated, operation: "schedule_optimization" });
    const page = await telemetry.metrics();
    expect(sum(page, "beq_feature_requests_total", { user_id: "user-123" })).toBe(1);
    expect(sum(page, "beq_schedule_optimization_requests_total", { status: "success" })).toBe(1);
    expect(sum(page, "beq_schedule_events_count_sum", { operation: "optimization" })).toBe(5);
  });

  it.each([
    ["infeasible", "infeasible", "success"],
    ["error", "error", "error"],
    ["cancelled", "cancelled", undefined],
    ["disabled", undefined, "disabled"],
  ] as const)("that ended %s is a schedule that ended %s and a use that ended %s", async (outcome, status, usage) => {
    const { telemetry } = api();
    telemetry.record({ ...generated, outcome, error_type: "timeout" });
    const page = await telemetry.metrics();
    const happened = samples(page).filter(({ value, labels }) => value === 1 && labels["user_id"] === "user-123");
    const statuses = (name: string) =>
      happened.filter((sample) => sample.name === name).map(({ labels }) => labels["status"]);
    expect(statuses("beq_schedule_generation_requests_total")).toEqual(status ? [status] : []);
    expect(statuses("beq_feature_requests_total")).toEqual(usage ? [usage, usage] : []);
    expect(sum(page, "beq_feature_errors_total", { error_type: "timeout" })).toBe(usage === "error" ? 2 : 0);
  });

  it.each([
    ["timeout", "timeout"],
    ["constructor", "other"],
    [undefined, "other"],
  ])("with the error %s is an error of type %s", async (error_type, label) => {
    const { telemetry } = api();
    telemetry.record({ ...generated, outcome: "error", error_type });
    const page = await telemetry.metrics();
    expect(sum(page, "beq_feature_errors_total", { feature: "schedule_generation", error_type: label })).toBe(1);
  });

  it("of a question about a feature is a check", async () => {
    const { telemetry } = api();
    telemetry.record({ operation: "feature_check_ai_chat", outcome: "success", seconds: 0.001 });
    telemetry.record({ operation: "feature_check_no_such", outcome: "error", error_type: "missing", seconds: 0.001 });
    const page = await telemetry.metrics();
    expect(sum(page, "beq_feature_requests_total", { feature: "feature_check_ai_chat", status: "checked" })).toBe(1);
    expect(page).not.toContain("no_such");
  });

  it("leaves one line with the fixed keys", async () => {
    const { telemetry, logger, lines } = api();
    telemetry.record(generated);
    await logger.flush();
    expect(lines()).toEqual([
      {
        timestamp: "2023-11-14T22:13:20.000Z",
        level: "info",
        message: "Schedule generated",
        service: "api",
        version: "1.2.3",
        user_id: "user-123",
        operation: "schedule_generation",
        duration: 1.23,
        status: "success",
        event_count: 5,
        confidence_score: 0.85,
      },
    ]);
  });

  it.each([
    ["invalid", "info"],
    ["unavailable", "warn"],
    ["internal", "error"],
    [undefined, "error"],
  ])("with the error %s leaves its line at level %s", async (error_type, level) => {
    const { telemetry, logger, lines } = api();
    telemetry.record({ ...generated, outcome: "error", error_type, cause: new Error("boom") });
    await logger.flush();
    expect(lines()).toMatchObject([{ level, status: "error", error: { message: "boom" } }]);
  });

  it("by the scheduler is counted there, without a name", async () => {
    const { telemetry } = scheduler();
    telemetry.record({ ...generated, outcome: "error", error_type: "unavailable" });
    telemetry.recordFeatureUsage("schedule_generation", "user-123", "success");
    const page = await telemetry.metrics();
    expect(sum(page, "beq_scheduler_requests_total", { status: "error" })).toBe(1);
    expect(sum(page, "beq_scheduler_errors_total", { error_type: "unavailable" })).toBe(1);
    expect(sum(page, "beq_scheduler_request_duration_seconds_sum")).toBe(1.23);
    expect(page).not.toContain("user-123");
  });
});

describe("a user nobody vouches for", () => {
  it("is neither named nor counted among the active", async () => {
    const { telemetry } = api();
    telemetry.record({ ...generated, vouched: false });
    const page = await telemetry.metrics();
    expect(sum(page, "beq_schedule_generation_requests_total", { user_id: "_other" })).toBe(1);
    expect(sum(page, "beq_active_users")).toBe(0);
    expect(page).not.toContain("user-123");
  });
});

describe("a use outside of a procedure", () => {
  it("is counted", async () => {
    const { telemetry } = api();
    telemetry.recordFeatureUsage("schedule_generation", "user-123", "success");
    telemetry.recordFeatureUsage("ai_chat", undefined, "error", { error_type: "upstream" });
    const page = await telemetry.metrics();
    expect(sum(page, "beq_feature_requests_total", { feature: "schedule_generation", user_id: "user-123" })).toBe(1);
    expect(sum(page, "beq_feature_errors_total", { user_id: "anonymous", error_type: "upstream" })).toBe(1);
    expect(sum(page, "beq_active_users")).toBe(1);
  });

  it("of what is no feature is counted as other", async () => {
    const { telemetry } = api();
    telemetry.recordFeatureUsage("made_up", "user-123", "success");
    expect(sum(await telemetry.metrics(), "beq_feature_requests_total", { feature: "other" })).toBe(1);
  });
});

describe("a call that started", () => {
  it("is counted as such, for its operation and its feature", async () => {
    const { telemetry } = api();
    telemetry.recordStart(generated);
    expect(sum(await telemetry.metrics(), "beq_feature_requests_total", { status: "started" })).toBe(2);
  });
});

describe("a request", () => {
  it("is counted by method, route and status", async () => {
    const { telemetry } = api();
    telemetry.recordRequest({ method: "GET", endpoint: "/health/", status: 200, seconds: 0.02 });
    telemetry.recordRequest({ method: "BREW", endpoint: "/health/", status: 1000, seconds: Number.NaN });
    const page = await telemetry.metrics();
    const endpoint = "/health/";
    expect(sum(page, "beq_orchestrator_requests_total", { method: "GET", endpoint, status: "200" })).toBe(1);
    expect(sum(page, "beq_orchestrator_requests_total", { method: "other", endpoint, status: "other" })).toBe(1);
    expect(sum(page, "beq_orchestrator_request_duration_seconds_count", { endpoint })).toBe(2);
  });

  it("makes no series without end, even if a path is passed for a route", async () => {
    const { telemetry } = api();
    for (let index = 0; index < 500; index += 1)
      telemetry.recordRequest({ method: "GET", endpoint: `/x/${index}`, status: 200, seconds: 0 });
    const page = await telemetry.metrics();
    expect(samples(page).filter(({ name }) => name === "beq_orchestrator_requests_total")).toHaveLength(201);
    expect(sum(page, "beq_orchestrator_requests_total")).toBe(500);
  });
});

describe("the sum over all series", () => {
  const observation = fc.record({
    operation: fc.constantFrom("schedule_generation", "schedule_optimization"),
    feature: fc.constantFrom("schedule_optimization", undefined),
    outcome: fc.constantFrom("success", "infeasible", "error", "cancelled"),
    seconds: fc.double({ min: 0, max: 100 }),
    user_id: fc.option(fc.integer({ min: 0, max: 40 }).map(String), { nil: undefined }),
    vouched: fc.boolean(),
  } as const) satisfies fc.Arbitrary<Observation>;

  it("is the number of events, whoever is folded into the rest (seed 11)", async () => {
    const property = fc.asyncProperty(fc.array(observation, { maxLength: 300 }), fc.nat(10), async (seen, max) => {
      const { telemetry } = api({ maxUserLabels: max });
      for (const each of seen) telemetry.record(each);
      const page = await telemetry.metrics();
      const count = (accept: (each: Observation) => boolean) => seen.filter(accept).length;

      const generations = count(({ operation }) => operation === "schedule_generation");
      expect(sum(page, "beq_schedule_generation_requests_total")).toBe(generations);
      expect(sum(page, "beq_schedule_generation_duration_seconds_count")).toBe(generations);
      expect(sum(page, "beq_schedule_optimization_requests_total")).toBe(seen.length - generations);
      expect(sum(page, "beq_feature_requests_total", { feature: "schedule_generation" })).toBe(
        count(({ operation, outcome }) => operation === "schedule_generation" && outcome !== "cancelled"),
      );
      const users = new Set(samples(page).flatMap(({ labels }) => labels["user_id"] ?? []));
      expect([...users].filter((user) => /^\d/.test(user)).length).toBeLessThanOrEqual(max);
    });
    await fc.assert(property, { seed: 11, numRuns: 15 });
  });

  it("stays exact, and the page small, with ten thousand users", async () => {
    const { telemetry } = api();
    for (let user = 0; user < 10_000; user += 1) telemetry.record({ ...generated, user_id: `user-${user}` });
    const page = await telemetry.metrics();
    expect(sum(page, "beq_schedule_generation_requests_total")).toBe(10_000);
    expect(sum(page, "beq_schedule_generation_requests_total", { user_id: "_other" })).toBe(9800);
    expect(samples(page).length).toBeLessThan(2000);
    expect(Math.abs((sum(page, "beq_active_users") ?? 0) / 10_000 - 1)).toBeLessThan(0.03);
  });
});

describe("telemetry that fails", () => {
  it("breaks nothing, and says so on its page and in the log", async () => {
    const { telemetry, logger, lines } = api();
    const hostile = {
      ...generated,
      get outcome(): never {
        throw new Error("unreadable");
      },
    };
    expect(() => telemetry.record(hostile)).not.toThrow();
    await logger.flush();
    expect(lines()).toMatchObject([{ message: "Telemetry failed" }, { message: "Telemetry failed" }]);
    expect(sum(await telemetry.metrics(), "beq_orchestrator_telemetry_errors_total")).toBe(2);
  });
});

describe("a scrape", () => {
  it("shares its rendering with one that comes at the same time", async () => {
    const { telemetry } = api();
    let reads = 0;
    telemetry.gauge("beq_reads", "Readings.", () => (reads += 1));
    const pages = await Promise.all([telemetry.metrics(), telemetry.metrics()]);
    expect(pages[0]).toBe(pages[1]);
    expect(reads).toBe(1);
    await telemetry.metrics();
    expect(reads).toBe(2);
  });

  it("counts the lines that were lost", async () => {
    const { telemetry } = api({
      logger: { ...createLogger({ service: "api", version: "1", level: "error" }), dropped: () => 7 },
    });
    await telemetry.metrics();
    expect(sum(await telemetry.metrics(), "beq_orchestrator_log_lines_dropped_total")).toBe(7);
  });
});
