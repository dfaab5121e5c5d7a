import { Preferences, type ScheduledEvent } from "@beq/scheduler/contract";
import { expect, it } from "vitest";
import { apply, emptyDraft, inverse } from "./draft.ts";
import { freshTask } from "./fresh.ts";
import { isPinned, pinAction, pinBlock, pinnedBlocks, resizeBlock, standing, unpinAction } from "./pins.ts";
import { refusals } from "./refusals.ts";
import { requestOf } from "./request.ts";

const task = { ...freshTask(60), id: "a", title: "Write" };
const draft = { ...emptyDraft(Preferences.parse({ timezone: "Europe/Berlin" })), tasks: [task] };
const nine = Date.parse("2030-03-25T08:00:00Z");
const hour = 3_600_000;

it("keeps a task in one place, the latest, and sends it as the block that carries the task out", () => {
  const once = apply(draft, pinAction(draft, task, nine, nine + hour));
  const twice = apply(once, pinAction(once, task, nine + hour, nine + 2 * hour));
  expect(twice.events).toMatchObject([{ task_id: "a", start_time: "2030-03-25T10:00:00+01:00" }]);
  const asked = requestOf(twice, [], "local");
  expect(asked.existing_events).toMatchObject([{ id: "pin:a", task_id: "a", is_moveable: false }]);
  expect(refusals(asked)).toEqual([]);
});

it("gives the task back to planning, and takes both steps back", () => {
  const pin = pinAction(draft, task, nine, nine + hour);
  const pinned = apply(draft, pin);
  expect(apply(pinned, unpinAction(pinned, piece("a", nine))).events).toEqual([]);
  expect(apply(pinned, inverse(draft, pin))).toEqual(draft);
});

it("keeps all pieces of a split task where they stand when one of them is moved", () => {
  const split = { ...task, split: { min_minutes: 30, max_minutes: 30 } };
  const divided = { ...draft, tasks: [split] };
  const pieces = [piece("a#1", nine), piece("a#2", nine + 2 * hour)];
  const pinned = apply(
    divided,
    pinBlock(divided, pieces, piece("a#2", nine), { start: nine + hour, end: nine + 1.5 * hour }),
  );
  expect(pinnedBlocks(standing(pinned), pinned.tasks).map(({ id, start_time }) => `${id} ${start_time}`)).toEqual([
    "a#1 2030-03-25T09:00:00+01:00",
    "a#2 2030-03-25T10:00:00+01:00",
  ]);
});

it("keeps no piece of an earlier plan that was planned again under its name", () => {
  const divided = { ...draft, tasks: [{ ...task, split: { min_minutes: 30, max_minutes: 30 } }] };
  const over = piece("a#1", nine - 24 * hour);
  const blocks = [over, piece("a#1", nine), piece("a#2", nine + 2 * hour)];
  const stay = { start: nine + 4 * hour, end: nine + 4.5 * hour };
  const { events } = apply(divided, pinBlock(divided, blocks, piece("a#2", nine + 2 * hour), stay));
  expect(events.map(({ id, start_time: start }) => `${id} ${start}`)).toEqual([
    "pin:a#1 2030-03-25T09:00:00+01:00",
    "pin:a#2 2030-03-25T13:00:00+01:00",
  ]);
});

it("moves one time of a habit and leaves the others free", () => {
  const habit = { ...draft, tasks: [{ ...task, repeat: { times_per_week: 2 } }] };
  const times = [piece("a#week-1", nine), piece("a#week-2", nine + 24 * hour)];
  const stay = { start: nine + hour, end: nine + 2 * hour };
  const one = apply(habit, pinBlock(habit, times, piece("a#week-1", nine), stay));
  expect(one.events.map(({ id }) => id)).toEqual(["pin:a#week-1"]);
  const both = apply(one, pinAction(one, one.tasks[0] ?? task, nine + 48 * hour, nine + 49 * hour));
  expect(both.events.map(({ id }) => id)).toEqual(["pin:a#week-1", "pin:a#2030-03-27"]);
  expect(isPinned(both, { id: "a#week-2", task_id: "a" })).toBe(false);
  expect(apply(both, unpinAction(both, piece("a#2030-03-27", nine + 48 * hour)))).toEqual(one);
});

it("changes how long a task takes with the length of its block, and what stands with how long it takes", () => {
  const stay = { start: nine, end: nine + 1.5 * hour };
  const longer = apply(draft, resizeBlock(draft, [], piece("a", nine), stay));
  expect(longer.tasks[0]?.estimated_duration_minutes).toBe(90);
  expect(standing(longer)).toMatchObject([{ end_time: "2030-03-25T10:30:00+01:00" }]);
  const shorter = apply(longer, { kind: "edit", id: "a", patch: { estimated_duration_minutes: 30, title: "Draft" } });
  expect(standing(shorter)).toMatchObject([{ title: "Draft", end_time: "2030-03-25T09:30:00+01:00" }]);
});

it("sends no pin of a task that is gone, and has it again with the task", () => {
  const pinned = apply(draft, pinAction(draft, task, nine, nine + hour));
  const removal = { kind: "drop", ids: ["a"], unlink: true } as const;
  const without = apply(pinned, removal);
  expect(requestOf(without, [], "local").existing_events).toEqual([]);
  const back = apply(without, inverse(pinned, removal));
  expect(requestOf(back, [], "local").existing_events).toHaveLength(1);
});

function piece(id: string, start: number): ScheduledEvent {
  return {
    id,
    task_id: "a",
    title: "Write",
    start_time: new Date(start).toISOString(),
    end_time: new Date(start + hour / 2).toISOString(),
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
