import { expect, it } from "vitest";
import { byHand, endangered, leftNow, shifts } from "./differences.ts";

const block = (id: string | null, p: number | null, type: "task" | "lunch" = "task") => ({
  task_id: id,
  title: id ?? "Lunch",
  p_on_time: p,
  type,
});

it("tells whose deadline became less safe first, then whose became safer, and leaves out noise", () => {
  const before = [block("a", 0.9), block("b", 0.5), block("c", 0.7), block("gone", 0.9), block("free", null)];
  const after = [block("a", 0.4), block("b", 0.8), block("c", 0.69), block("new", 0.2), block("free", null)];
  expect(shifts(before, after)).toEqual([
    { taskId: "a", title: "a", before: 0.9, after: 0.4 },
    { taskId: "b", title: "b", before: 0.5, after: 0.8 },
  ]);
});

it("names the deadlines that are not safe, the least safe first, and none that is over", () => {
  const at = (id: string | null, p: number | null, end_time = "2030-03-26T10:00:00Z") => ({
    ...block(id, p),
    end_time,
  });
  const blocks = [
    at("a", 0.6),
    at("b", 0.3),
    at("c", 0.9),
    at("b", 0.2),
    at("d", null),
    at("e", 0.1, "2030-03-24T10:00Z"),
  ];
  expect(endangered(blocks, Date.parse("2030-03-25T10:00:00Z"))).toEqual([
    { taskId: "b", title: "b", p: 0.2 },
    { taskId: "a", title: "a", p: 0.6 },
  ]);
});

it("says once of a task that it has no place any more", () => {
  const left = (task_id: string) => ({ task_id, title: task_id, reason: "It is too long." });
  const unscheduled = ["known", "whole", "pieces", "new"].map(left);
  const dropped = ["whole", "pieces#2"].map((event_id) => ({
    event_id,
    title: event_id,
    kind: "dropped" as const,
    from: "2030-03-25T09:00:00Z",
    to: null,
    reason: "It is too long.",
  }));
  expect(leftNow({ unscheduled, changes: dropped }, [left("known")])).toEqual([left("new")]);
});

it("tells the person's own moves as moves, and says nothing of what was only pinned", () => {
  const gone = (event_id: string, from: string) => ({
    event_id,
    title: event_id,
    kind: "dropped" as const,
    from,
    to: null,
    reason: "",
  });
  const pins = [
    { id: "a", start_time: "2030-03-26T10:00:00+01:00" },
    { id: "b", start_time: "2030-03-26T12:00:00+01:00" },
  ];
  const changes = [gone("a", "2030-03-25T09:00:00+01:00"), gone("b", "2030-03-26T11:00:00Z"), gone("c", "2030-03-25")];
  expect(byHand(changes, pins)).toEqual([
    { ...changes[0], kind: "moved", to: "2030-03-26T10:00:00+01:00", reason: "You put it there." },
    changes[2],
  ]);
});

it("takes the last piece of a task for the task", () => {
  const pieces = [block("a", 0.9), block("a", 0.6), block(null, null, "lunch")];
  expect(shifts(pieces, [block("a", 0.9)])).toMatchObject([{ before: 0.6, after: 0.9 }]);
});
