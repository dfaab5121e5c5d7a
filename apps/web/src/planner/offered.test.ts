import type { ScheduledEvent } from "@beq/scheduler/contract";
import { expect, it } from "vitest";
import { offered, taken } from "./offered.ts";
import type { Answer } from "./run.ts";
import type { Shown } from "./shown.ts";

it("offers the best plan only where it is better than the one on the screen, or that is old", () => {
  const labels = (cost: number, isOld: boolean) =>
    offered(answer, shown(cost, [at(11)]), isOld).map(({ label }) => label);
  expect(labels(120, false)).toEqual(["A better plan", "Evener days"]);
  expect(labels(90, false)).toEqual(["Evener days"]);
  expect(labels(90, true)).toEqual(["The best plan with your changes", "Evener days"]);
});

it("does not offer what is on the screen already", () => {
  expect(offered(answer, shown(100, [at(9)]), true).map(({ label }) => label)).toEqual(["Evener days"]);
  expect(offered(answer, shown(100, [at(10)]), false)).toEqual([]);
});

it("takes another plan with what is known of it: its days, what stands by hand, how far it is from the best bound", () => {
  const [other] = answer.alternatives;
  if (!other) throw new Error("another plan expected");
  expect(taken(other, answer)).toMatchObject({ days: other.days, pinned_events: [at(14)] });
  expect(taken(other, answer)).toMatchObject({ cost: 125, lower_bound: 100, optimality_gap: 0.2, proof: "bounded" });
  expect(taken({ ...other, cost: 100 }, answer)).toMatchObject({ optimality_gap: 0, proof: "optimal" });
  const [best] = offered(answer, null, false);
  expect(best && taken(best, answer)).toMatchObject({ proof: "optimal", reasoning: "Why", alternatives: [] });
});

const answer: Answer = {
  success: true,
  scheduled_events: [at(9)],
  reasoning: "Why",
  confidence_score: 1,
  alternative_suggestions: [],
  warnings: [],
  unscheduled_tasks: [],
  unscheduled: [],
  processing_time_seconds: 0,
  alternatives: [
    {
      label: "Evener days",
      cost: 125,
      confidence_score: 1,
      scheduled_events: [at(10)],
      unscheduled_tasks: [],
      differences: ["a later"],
      days: [{ date: "2030-03-25", planned_minutes: 60, free_minutes: 420, p_holds: 0.7 }],
      pinned_events: [at(14)],
    },
  ],
  grid_minutes: 15,
  cost: 100,
  lower_bound: 100,
  optimality_gap: 0,
  proof: "optimal",
  time_limited: false,
  weights: null,
  days: [],
  pinned_events: [],
  kept_events: [],
  error: null,
  basis: null,
};

function shown(cost: number, events: ScheduledEvent[]): Shown {
  return { ...answer, cost, events, pins: [], tasks: [], confidence: 1, draft: null };
}

function at(hour: number): ScheduledEvent {
  return {
    id: "a",
    task_id: "a",
    title: "Write",
    start_time: new Date(Date.UTC(2030, 2, 25, hour)).toISOString(),
    end_time: new Date(Date.UTC(2030, 2, 25, hour + 1)).toISOString(),
    type: "task",
    priority: "medium",
    category: "work",
    pinned: false,
    reason: "",
    p_on_time: null,
    eta: null,
    explanation: null,
  };
}
