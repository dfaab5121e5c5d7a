import { expect, it } from "vitest";
import { search, task, week } from "../builders.ts";
import { planWeek } from "../index.ts";

it("names ten of what is in the way of a better place, and says how many more there are", () => {
  const morning = { start_time: "2024-03-25T08:00", end_time: "2024-03-25T13:00" };
  const existing_events = Array.from({ length: 30 }, (_, each) => ({ id: `e${each}`, title: "Fair", ...morning }));
  const tasks = [task("a", 60, { preferred_time: "morning" })];
  const { scheduled_events: events } = planWeek(week({ tasks, existing_events, planning_horizon_days: 1 }), search());
  const placed = events.find(({ id }) => id === "a");
  const [best] = placed?.explanation?.better ?? [];
  expect(best?.blocked_by).toHaveLength(10);
  expect(best?.blocked_by_more).toBe(20);
  expect(placed?.reason).toContain("'Fair', 'Fair' and 28 more are in the way");
});
