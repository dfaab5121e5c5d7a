import { describe, expect, it } from "vitest";
import { OptimizeAnswer, OptimizeRequest } from "./contract/index.ts";
import { readJob } from "./operations.ts";
import { bounded } from "./surplus.ts";

const now = Date.UTC(2030, 2, 25, 6);
const quarter = 900_000;

describe("of a plan with more in it than can be moved at once", () => {
  it("the tasks that begin first may move; the others are as what is fixed in the calendar", () => {
    const { existing_schedule: free, existing_events: fixed } = posed({ existing_schedule: rowOf(5_000).toReversed() });
    expect(idsOf(free)).toEqual(idsOf(rowOf(500)));
    expect(idsOf(fixed)).toEqual(idsOf(rowOf(4_500, 500)));
    expect(fixed.some(({ is_moveable: isMoveable }) => isMoveable)).toBe(false);
  });

  it("new tasks come before those that have a place", () => {
    const tasks = Array.from({ length: 450 }, (_, each) => ({ ...task, id: `new-${each}` }));
    expect(idsOf(posed({ tasks, existing_schedule: rowOf(1_000) }).existing_schedule)).toEqual(idsOf(rowOf(50)));
  });

  it("the pieces of a task, and moveable events, count one by one", () => {
    const pieces = rowOf(1_500).map((each) => ({ ...each, task_id: "essay" }));
    const { existing_schedule: free } = posed({ existing_schedule: [...pieces, ...meetingsOf(1_000, 1_500)] });
    expect(free.filter(({ type }) => type === "task")).toHaveLength(1_500);
    expect(free.filter(({ type }) => type === "event")).toHaveLength(500);
  });

  it("a moveable event of the calendar that is too much stays where the plan has put it", () => {
    const [last] = meetingsOf(1, 2_000);
    const event = { id: last?.id ?? "", title: "Meeting", is_moveable: true, buffer_after_minutes: 15 };
    const was = { start_time: "2030-03-25T09:00", end_time: "2030-03-25T09:15" };
    const { existing_events } = posed({
      existing_schedule: meetingsOf(2_001),
      existing_events: [{ ...event, ...was }],
    });
    const { start_time, end_time } = last ?? was;
    expect(existing_events).toMatchObject([{ ...event, start_time, end_time, is_moveable: false }]);
  });

  it("what is over or pinned takes nobody's turn", () => {
    const pinned = rowOf(600).map((each) => ({ ...each, pinned: true }));
    const asked = requestOf({ existing_schedule: [...rowOf(600, -700), ...pinned, ...rowOf(500, 600)] });
    expect(bounded(asked, now).request).toBe(asked);
  });
});

it("revises a plan of 5,000 blocks that all may move, and says what it left alone", { timeout: 300_000 }, () => {
  const existing_schedule = rowOf(5_000);
  const body = new TextEncoder().encode(JSON.stringify({ ...plain, existing_schedule }));
  const read = readJob({ operation: "optimize", body });
  if (!read.ok) throw new Error("the request is refused");

  const { answer, rules } = read.answer({ now, seed: 1, iterations: 20, outOfTime: () => false });
  const {
    optimized_schedule: events,
    changes,
    warnings,
  } = OptimizeAnswer.parse({ ...answer, processing_time_seconds: 0 });
  expect(rules).toEqual([]);
  expect(changes.length).toBeLessThanOrEqual(500);
  expect(events.filter(({ pinned }) => pinned)).toEqual([]);
  expect(warnings.at(-1)).toMatch(
    /^4500 of the 5000 blocks of this plan stay where they are: at most 500 tasks and 2000/,
  );
  const starts = new Map(events.map(({ id, start_time }) => [id, Date.parse(start_time)]));
  expect(existing_schedule.slice(500).every(({ id, start_time }) => starts.get(id) === Date.parse(start_time))).toBe(
    true,
  );
  expect(JSON.stringify(answer).length).toBeLessThan(4_000_000);
});

const task = { title: "Task", estimated_duration_minutes: 15, category: "home" };
const plain = {
  user_id: "ada",
  user_preferences: { timezone: "Europe/Berlin" },
  planning_horizon_days: 90,
  least_change: true,
};

function idsOf(events: readonly { id: string }[]): string[] {
  return events.map(({ id }) => id).toSorted();
}

function posed(more: object): OptimizeRequest {
  return bounded(requestOf(more), now).request;
}

function requestOf(more: object): OptimizeRequest {
  return OptimizeRequest.parse({ ...plain, ...more });
}

/** So many blocks of a quarter of an hour one after the other, each of a task of its own. */
function rowOf(count: number, first = 0) {
  return Array.from({ length: count }, (_, each) => {
    const start = now + (first + each) * quarter;
    const [start_time, end_time] = [start, start + quarter].map((time) => new Date(time).toISOString());
    const id = `task-${first + each}`;
    return {
      id,
      task_id: id,
      title: "Task",
      start_time: start_time ?? "",
      end_time: end_time ?? "",
      type: "task" as const,
      priority: "low" as const,
      category: "home",
    };
  });
}

function meetingsOf(count: number, first = 0) {
  return rowOf(count, first).map((each) => ({ ...each, type: "event" as const, task_id: null }));
}
