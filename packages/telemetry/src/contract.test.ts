import { spawnSync } from "node:child_process";

import { describe, expect, it } from "vitest";

import { samples, sum } from "./testing/page.ts";
import { api, features, scheduler } from "./testing/service.ts";

// Written out by hand: dashboards and alerts rely on these, so a change here is a decision, not a refactoring.
const contract = `
counter   beq_schedule_generation_requests_total user_id status has_existing_events
histogram beq_schedule_generation_duration_seconds user_id status
counter   beq_schedule_optimization_requests_total user_id status
histogram beq_schedule_optimization_duration_seconds user_id status
histogram beq_schedule_events_count user_id operation
histogram beq_schedule_confidence_scores user_id operation
counter   beq_feature_requests_total feature user_id status
counter   beq_feature_errors_total feature user_id error_type
counter   beq_ai_model_requests_total model operation status
histogram beq_ai_model_latency_seconds model operation
gauge     beq_active_users
gauge     beq_orchestrator_info version features
counter   beq_orchestrator_requests_total method endpoint status
histogram beq_orchestrator_request_duration_seconds method endpoint
counter   beq_chat_requests_total status
histogram beq_chat_request_duration_seconds status
counter   beq_calendar_sync_requests_total user_id status
histogram beq_calendar_sync_duration_seconds user_id status
histogram beq_calendar_events_synced user_id operation
histogram beq_calendar_conflicts_detected user_id conflict_type
histogram beq_calendar_conflicts_resolved user_id resolution_strategy
counter   beq_calendar_conflict_resolution_requests_total user_id status`;

const families = contract
  .trim()
  .split("\n")
  .map((line) => line.split(/\s+/))
  .map(([type = "", name = "", ...labels]) => ({ type, name, labels }));

describe("the API's page", () => {
  it.each(families)("has $name, a $type, from the start", async ({ type, name }) => {
    expect(await api().telemetry.metrics()).toContain(`# TYPE ${name} ${type}\n`);
  });

  it.each(families)("labels $name with $labels", async ({ name, labels }) => {
    const metric = api().telemetry.registry.getSingleMetric(name);
    expect(metric).toMatchObject({ labelNames: labels });
  });

  it.each([
    ["beq_schedule_generation_requests_total", ["success", "infeasible", "error", "cancelled"]],
    ["beq_schedule_optimization_requests_total", ["success", "infeasible", "error", "cancelled"]],
    ["beq_feature_requests_total", ["started", "success", "error", "disabled", "checked"]],
  ])("shows every status of %s at 0 before anything happened", async (name, statuses) => {
    const page = await api().telemetry.metrics();
    for (const status of statuses) expect(sum(page, name, { user_id: "anonymous", status })).toBe(0);
  });

  it("shows each operation, feature and check under `feature`", async () => {
    const page = await api().telemetry.metrics();
    const shown = new Set(
      samples(page)
        .filter(({ name }) => name === "beq_feature_requests_total")
        .map(({ labels }) => labels["feature"]),
    );
    const checks = features.map((key) => `feature_check_${key}`);
    expect(shown).toEqual(new Set(["schedule_generation", "schedule_optimization", ...features, ...checks]));
  });

  it("says what runs", async () => {
    const page = await api().telemetry.metrics();
    expect(page).toContain(`beq_orchestrator_info{version="1.2.3",features="${features.join(",")}"} 1\n`);
  });
});

describe("the scheduler's page", () => {
  it("has names of its own only, so that sums over services count once", async () => {
    const page = await scheduler().telemetry.metrics();
    const names = [...page.matchAll(/^# TYPE (\S+)/gm)].map(([, name = ""]) => name);
    expect(names.filter((name) => !/^(beq_scheduler|process|nodejs)_/.test(name))).toEqual([]);
    expect(names).toContain("beq_scheduler_requests_total");
    expect(names).toContain("process_cpu_seconds_total");
  });
});

const promtool = spawnSync("promtool", ["--version"]).status === 0 || process.env["REQUIRE_ALL_TOOLS"] === "1";

describe("promtool (skipped where it is not installed)", () => {
  it.skipIf(!promtool).each(["api", "scheduler"] as const)(
    "finds nothing to say about a used page of the %s",
    async (name) => {
      const { telemetry } = name === "api" ? api({ userHistograms: true }) : scheduler();
      const facts = { event_count: 5, confidence_score: 0.85 };
      for (const user_id of ["ann", 'b"o\\b\n', "\ud800", "é"]) {
        telemetry.record({
          operation: "schedule_generation",
          outcome: "success",
          seconds: 1,
          user_id,
          vouched: true,
          facts,
        });
        telemetry.recordRequest({ method: "GET", endpoint: "/health/", status: 200, seconds: 0.1 });
      }
      telemetry.gauge(`beq_${name}_queue_length`, "Problems that wait.", () => 3);

      const checked = spawnSync("promtool", ["check", "metrics"], {
        input: await telemetry.metrics(),
        encoding: "utf8",
      });
      expect(checked.stderr + checked.stdout).toBe("");
      expect(checked.status).toBe(0);
    },
  );
});
