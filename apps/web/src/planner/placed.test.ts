import { expect, it } from "vitest";
import { freshTask } from "./fresh.ts";
import { leftIn, nextOf, partWords, placedIn } from "./placed.ts";

const noon = Date.UTC(2030, 2, 25, 12);
const tasks = ["a", "b", "c"].map((id) => ({ ...freshTask(60), id, title: id }));

it("counts tasks, not pieces, and none that is not in the list", () => {
  const events = [block("a", 13), block("a", 15), block("b", 14), block("gone", 16), block(null, 12)];
  expect(placedIn({ events, unscheduled: [] }, tasks)).toBe(2);
});

it("counts what is over, unless it was to be done again and found no place", () => {
  const events = [block("a", 9), block("b", 13)];
  expect(placedIn({ events, unscheduled: [] }, tasks)).toBe(2);
  expect(placedIn({ events, unscheduled: [{ task_id: "a" }] }, tasks)).toBe(1);
});

it("counts a habit once, and as placed when all of its times are", () => {
  const plan = { events: [block("a", 13), block("b", 14)], unscheduled: [{ task_id: "b" }, { task_id: "b" }] };
  expect([placedIn(plan, tasks), leftIn(plan)]).toEqual([1, 1]);
});

it("finds the block that is to come before those that are over", () => {
  const events = [block("a", 8), block("b", 9), block("a", 13), block("a", 15)];
  expect(nextOf(events, "a", noon)).toBe(events[2]);
  expect(nextOf(events, "b", noon)).toBe(events[1]);
  expect(nextOf(events, "c", noon)).toBeUndefined();
});

it("says which of its pieces a block is, in whatever order they come", () => {
  const at = (task_id: string, start_time: string) => ({ task_id, start_time });
  const blocks = [
    at("a", "2030-03-26T09:00:00+01:00"),
    at("b", "2030-03-25T09:00:00Z"),
    at("a", "2030-03-25T09:00:00Z"),
  ];
  expect(blocks.map((each) => partWords(blocks, each))).toEqual(["part 2 of 2", "part 1 of 1", "part 1 of 2"]);
});

function block(task_id: string | null, hour: number) {
  return { task_id, end_time: new Date(Date.UTC(2030, 2, 25, hour + 1)).toISOString() };
}
