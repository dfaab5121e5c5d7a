import { Preferences } from "@beq/scheduler/contract";
import { expect, it } from "vitest";
import { apply, emptyDraft, inverse } from "./draft.ts";
import { freshTask } from "./fresh.ts";
import { pinAction, pinOf, unpinAction } from "./pins.ts";
import { refusals } from "./refusals.ts";
import { requestOf } from "./request.ts";

const task = { ...freshTask(60), id: "a", title: "Write" };
const draft = { ...emptyDraft(Preferences.parse({ timezone: "Europe/Berlin" })), tasks: [task] };
const nine = Date.parse("2030-03-25T08:00:00Z");
const hour = 3_600_000;

it("keeps a task in one place, the latest, and sends it as the block that carries the task out", () => {
  const once = apply(draft, pinAction(draft, task, nine, nine + hour));
  const twice = apply(once, pinAction(once, task, nine + hour, nine + 2 * hour));
  expect(twice.events).toHaveLength(1);
  expect(pinOf(twice, "a")).toMatchObject({ task_id: "a", start_time: "2030-03-25T10:00:00+01:00" });
  const asked = requestOf(twice, [], "local");
  expect(asked.existing_events).toMatchObject([{ id: "pin:a", task_id: "a", is_moveable: false }]);
  expect(refusals(asked)).toEqual([]);
});

it("gives the task back to planning, and takes both steps back", () => {
  const pin = pinAction(draft, task, nine, nine + hour);
  const pinned = apply(draft, pin);
  expect(pinOf(apply(pinned, unpinAction(pinned, "a")), "a")).toBeUndefined();
  expect(apply(pinned, inverse(draft, pin))).toEqual(draft);
});
