import type { ScheduledEvent } from "@beq/scheduler/contract";
import { expect, it } from "vitest";
import { changesBetween } from "../src/schedule/compare.ts";

const lunch = event("lunch-2030-03-25", "lunch", "12:00");

it("tells a lunch that stands elsewhere, and neither one that comes or goes nor breaks", () => {
  const moved = event("lunch-2030-03-25", "lunch", "12:30");
  const before = [lunch, event("lunch-2030-03-26", "lunch", "12:00"), event("break-1", "break", "10:00")];
  const after = [moved, event("lunch-2030-03-27", "lunch", "12:00"), event("break-1", "break", "10:30")];
  expect(changesBetween(before, after)).toEqual([
    {
      event_id: lunch.id,
      title: lunch.title,
      kind: "moved",
      from: lunch.start_time,
      to: moved.start_time,
      reason: moved.reason,
    },
  ]);
});

function event(id: string, type: ScheduledEvent["type"], from: string): ScheduledEvent {
  const start_time = `2030-03-25T${from}:00Z`;
  return {
    id,
    task_id: null,
    title: id,
    type,
    start_time,
    end_time: start_time.replace(":00Z", ":59Z"),
    priority: null,
    category: null,
    pinned: false,
    reason: `${from} is free`,
    p_on_time: null,
    eta: null,
    explanation: null,
  };
}
