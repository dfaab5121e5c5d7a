import { expect, it } from "vitest";
import { monday, stored, task } from "../builders.ts";
import { keep } from "./keep.ts";
import { posedSchedule } from "./posed.ts";

it("keeps a task where it stands through lunch time, where lunch has room beside it", () => {
  const problem = posed([task("a", 150)], { start_time: "2024-03-25T11:30", end_time: "2024-03-25T14:00" });
  const kept = keep(problem, () => false);
  const spanOf = (name: string) => kept.span(problem.items.findIndex(({ id }) => id === name));
  expect(spanOf("a")?.start).toBe(Date.parse("2024-03-25T11:30+01:00"));
  expect(spanOf("lunch-2024-03-25")?.end).toBe(Date.parse("2024-03-25T11:30+01:00"));
});

it("gives no place to a task of which what it waits for has none", () => {
  const tasks = [task("a", 60), task("long", 600), task("b", 60, { dependencies: ["long"] })];
  const problem = posed(tasks, { start_time: "2024-03-25T09:00", end_time: "2024-03-25T10:00" });
  const kept = keep(problem, () => false);
  expect(problem.items.filter((_, index) => kept.isPlaced(index) && index < 3).map(({ id }) => id)).toEqual(["a"]);
});

/** The tasks, of which the one called `a` stands at that time. */
function posed(tasks: ReturnType<typeof task>[], stands: { start_time: string; end_time: string }) {
  const event = { id: "a", task_id: "a", title: "a", type: "task" as const, priority: null, category: null, ...stands };
  return posedSchedule(stored({ tasks, existing_schedule: [event] }), monday);
}
