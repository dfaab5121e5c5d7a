import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantOf, type ScheduledEvent } from "../../contract/index.ts";
import { search, task, week } from "../builders.ts";
import { crowded, crowdedStart } from "../search/crowded.ts";
import { planWeek } from "../index.ts";
import { solve } from "../outcome.ts";
import { readWeek } from "../problem/read.ts";

describe("the explanation of a place", () => {
  it("names what it costs by rule, what is in the way of a better one, and the next best one", () => {
    const tasks = [
      task("a", 60, { title: "Offer", priority: "urgent" }),
      task("b", 60, { title: "Notes", priority: "high" }),
    ];
    const existing_events = [
      { id: "e", title: "Stand-up", start_time: "2024-03-25T09:00", end_time: "2024-03-25T10:00" },
    ];
    const plan = planWeek(week({ tasks, existing_events }), search());
    expect(told(plan.scheduled_events, "a")).toEqual({
      costs: { delay: 24 },
      better: [
        {
          start_time: "2024-03-25T09:00:00+01:00",
          saves: 8,
          blocked_by: [{ event_id: "e", title: "Stand-up" }],
          blocked_by_more: 0,
        },
      ],
      next_best: {
        start_time: "2024-03-25T15:15:00+01:00",
        end_time: "2024-03-25T16:15:00+01:00",
        extra_cost: 57,
        reason: "It would be done 5 h 15 min later, and less of it would be in your energy peak.",
      },
    });
    expect(told(plan.scheduled_events, "b")?.better[0]?.blocked_by).toEqual([{ event_id: "e", title: "Stand-up" }]);
  });

  it("says that a break is due, or that others wait for it, where only that is in the way", () => {
    const tasks = [
      task("a", 90, { title: "Offer" }),
      task("b", 60, { title: "Notes", earliest_start: "2024-03-25T10:30" }),
      task("c", 30, { title: "Post", priority: "low", dependencies: ["b"] }),
    ];
    const plan = planWeek(week({ tasks, weights: { delay_per_hour: 20 } }), search());
    const titles = plan.scheduled_events.flatMap(({ explanation }) =>
      (explanation?.better ?? []).flatMap(({ blocked_by }) => blocked_by.map(({ title }) => title)),
    );
    expect(titles).toEqual(expect.arrayContaining(["a break that is due", "Offer", "Notes"]));
  });

  it("gives costs whose sum is what the plan costs, and places that are free at what they say (seed 5)", () => {
    fc.assert(
      fc.property(crowded(), (request) => {
        const { state, events, problem } = solve(readWeek(request, crowdedStart), search(crowdedStart, 40));
        const tasks = problem.items.flatMap((item, index) => (item.kind === "task" ? [{ item, index }] : []));
        const dear = problem.items.reduce(
          (sum, { kind, unplaced }, index) => sum + (state.isPlaced(index) ? 0 : kind === "task" ? unplaced : 0),
          0,
        );
        const others = problem.items.reduce(
          (sum, { kind }, index) => sum + (kind === "task" ? 0 : state.costAt(index, state.choice(index))),
          0,
        );
        const told = events.flatMap(({ explanation }) => Object.entries(explanation?.costs ?? {}));
        const own = told.filter(([name]) => name !== "category_switch").reduce((sum, [, cost]) => sum + cost, 0);
        const switching = state.cost() - dear - others - own;
        expect(switching).toBeGreaterThanOrEqual(0);
        expect(switching % request.weights.category_switch).toBe(0);
        for (const { item, index } of tasks) {
          const next = events.find(({ id }) => id === item.id)?.explanation?.next_best;
          const start = next ? instantOf(next.start_time, "UTC") : null;
          if (start === null) continue;
          const cost = state.cost();
          const choice = state.choice(index);
          state.take(index);
          const other = [...item.starts].findIndex(
            (slot) => problem.axis.origin + (slot + item.lead) * problem.axis.grid * 60_000 === start,
          );
          expect(state.fits(index, other)).toBe(true);
          state.put(index, other);
          expect(state.cost() - cost).toBe(next?.extra_cost);
          state.take(index);
          state.put(index, choice);
        }
      }),
      { seed: 5, numRuns: 20 },
    );
  });
});

function told(events: readonly ScheduledEvent[], id: string): ScheduledEvent["explanation"] | undefined {
  return events.find((each) => each.id === id)?.explanation;
}
