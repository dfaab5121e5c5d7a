import { describe, expect, it } from "vitest";
import { search, task, week } from "../builders.ts";
import { planWeek } from "../index.ts";

describe("what is told of a task that was put by hand", () => {
  it("says how likely it is in time there, that it was put there, what that costs, and its best place were it free", () => {
    const {
      pinned_events: pinned,
      confidence_score: score,
      scheduled_events: events,
    } = planWeek(late("16:00"), search());
    expect(pinned).toMatchObject([
      {
        id: "pin:a",
        task_id: "a",
        pinned: true,
        reason: expect.stringContaining("where it was put by hand"),
        explanation: {
          costs: { energy: 60 },
          better: [],
          next_best: {
            start_time: "2024-03-25T10:15:00+01:00",
            extra_cost: expect.any(Number),
            reason: expect.stringMatching(/^(It is done|More of it)/),
          },
        },
      },
    ]);
    expect(score).toBeGreaterThan(0);
    expect(pinned[0]?.p_on_time).toBeGreaterThanOrEqual(score);
    expect(pinned[0]?.p_on_time).toBeLessThan(1);
    // What stands in the plan stays: the other task has the first hour, and then a break is due.
    expect(events.find(({ id }) => id === "b")?.start_time).toBe("2024-03-25T09:00:00+01:00");
    expect(pinned[0]?.explanation?.next_best?.extra_cost).toBeLessThan(-60);
  });

  it("proposes no other place where there is none that is better", () => {
    const [pin] = planWeek(late("09:00"), search()).pinned_events;
    expect(pin?.explanation).toMatchObject({ next_best: null });
    expect(pin?.p_on_time).toBeGreaterThan(0.9);
  });
});

/** An urgent task on Monday at that time, due that evening, and another beside it. */
function late(clock: string) {
  const tasks = [
    task("a", 60, { priority: "high", deadline: "2024-03-25T17:15" }),
    task("b", 60, { priority: "urgent", deadline: "2024-03-25T10:00", deadline_is_hard: clock !== "09:00" }),
  ];
  const start = `2024-03-25T${clock}`;
  const end = `2024-03-25T${String(Number(clock.slice(0, 2)) + 1).padStart(2, "0")}:00`;
  const pin = { id: "pin:a", task_id: "a", title: "Put by hand", start_time: start, end_time: end };
  return week({ tasks, existing_events: [pin] });
}
