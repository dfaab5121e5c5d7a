import * as fc from "fast-check";
import { GenerateRequest } from "../../contract/index.ts";

/** Monday 25 March 2024, 00:00 in Greenwich. */
export const crowdedStart = Date.parse("2024-03-25T00:00:00Z");

/** One to three crowded days in Greenwich, all on quarters of an hour. */
export function crowded(): fc.Arbitrary<GenerateRequest> {
  const quarter = (least: number, most: number) => fc.integer({ min: least, max: most }).map((each) => each * 15);
  const clockOf = (slot: number) => new Date(crowdedStart + slot * 15 * 60_000).toISOString().slice(0, 16);
  const soon = fc.integer({ min: 36, max: 3 * 96 }).map(clockOf);
  const task = fc.record({
    minutes: fc.oneof(quarter(2, 6), quarter(2, 20)),
    category: fc.constantFrom("work", "work", "home"),
    deadline: fc.option(soon),
    earliest: fc.option(soon, { freq: 4 }),
    window: fc.option(fc.constantFrom("10:00-12:00", "07:00-09:00", "15:00-20:00"), { freq: 5 }),
    before: fc.constantFrom(0, 0, 0, 15, 30),
    after: fc.constantFrom(0, 0, 0, 15),
    waits: fc.option(fc.nat(11), { freq: 3 }),
    lag: fc.constantFrom(0, 0, 60),
    split: fc.constantFrom(null, null, null, { min_minutes: 30, max_minutes: 120 }),
  });
  const stretch = fc.record({
    at: fc.integer({ min: 30, max: 280 }),
    length: fc.integer({ min: 1, max: 16 }),
    buffer: fc.constantFrom(0, 15),
  });
  return fc
    .record({
      tasks: fc.array(task, { minLength: 3, maxLength: 14 }),
      events: fc.array(stretch, { maxLength: 5 }),
      blocks: fc.array(stretch, { maxLength: 2 }),
      days: fc.integer({ min: 1, max: 3 }),
      cap: fc.option(quarter(12, 24)),
    })
    .map(({ tasks, events, blocks, days, cap }) =>
      GenerateRequest.parse({
        user_id: "ada",
        planning_horizon_days: days,
        user_preferences: { timezone: "UTC", max_work_minutes_per_day: cap },
        tasks: tasks.map((each, index) => {
          const waits = each.waits !== null && each.waits < index ? [`t${each.waits}`] : [];
          return {
            id: `t${index}`,
            title: `Task ${index}`,
            category: each.category,
            estimated_duration_minutes: each.minutes,
            deadline: each.deadline,
            deadline_is_hard: each.deadline !== null,
            earliest_start: each.earliest,
            window: each.window,
            split: each.split,
            buffer_before_minutes: each.before,
            buffer_after_minutes: each.after,
            dependencies: waits,
            dependency_lags: Object.fromEntries(waits.map((id) => [id, each.lag])),
          };
        }),
        existing_events: events.map(({ at, length, buffer }, index) => ({
          id: `e${index}`,
          title: `Event ${index}`,
          start_time: clockOf(at),
          end_time: clockOf(at + length),
          buffer_before_minutes: buffer,
        })),
        constraints: blocks.map(({ at, length }, index) => ({
          type: "time_block" as const,
          description: `block ${index}`,
          start_time: clockOf(at),
          end_time: clockOf(at + length),
        })),
      }),
    );
}
