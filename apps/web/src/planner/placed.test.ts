import { expect, it } from "vitest";
import { freshTask } from "./fresh.ts";
import { nextOf, placedIn } from "./placed.ts";

const noon = Date.UTC(2030, 2, 25, 12);
const tasks = ["a", "b", "c"].map((id) => ({ ...freshTask(60), id, title: id }));

it("counts tasks, not pieces, and none that is not in the list", () => {
  const events = [block("a", 13), block("a", 15), block("b", 14), block("gone", 16), block(null, 12)];
  expect(placedIn({ events, unscheduled: [] }, tasks, noon)).toBe(2);
});

it("counts what is over, unless it was to be done again and found no place", () => {
  const events = [block("a", 9), block("b", 13)];
  expect(placedIn({ events, unscheduled: [] }, tasks, noon)).toBe(2);
  const unscheduled = [{ task_id: "a" }, { task_id: "b" }];
  expect(placedIn({ events, unscheduled }, tasks, noon)).toBe(1);
});

it("finds the block that is to come before those that are over", () => {
  const events = [block("a", 8), block("b", 9), block("a", 13), block("a", 15)];
  expect(nextOf(events, "a", noon)).toBe(events[2]);
  expect(nextOf(events, "b", noon)).toBe(events[1]);
  expect(nextOf(events, "c", noon)).toBeUndefined();
});

function block(task_id: string | null, hour: number) {
  return { task_id, end_time: new Date(Date.UTC(2030, 2, 25, hour + 1)).toISOString() };
}
