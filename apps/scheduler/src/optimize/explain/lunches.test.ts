import * as fc from "fast-check";
import { expect, it } from "vitest";
import { planWeek } from "../index.ts";
import { monday, search, week } from "../builders.ts";
import { posedWeek } from "../pieces/posed.ts";
import { hasRoom, lunchesOf } from "./lunches.ts";

it("takes lunch to have room just where it would be planned (seed 12)", () => {
  let missing = 0;
  fc.assert(
    fc.property(
      meetings,
      fc.constantFrom(20, 60, 120),
      fc.constantFrom("12:00", "12:10"),
      (taken, minutes, lunch_time) => {
        const request = week({
          existing_events: taken.map(([start, length], index) => ({
            id: `e${index}`,
            title: "e",
            start_time: clock(start),
            end_time: clock(start + length),
          })),
          user_preferences: { timezone: "Europe/Paris", lunch_duration_minutes: minutes, lunch_time },
          planning_horizon_days: 1,
        });
        const problem = posedWeek(request, monday);
        const told = lunchesOf(problem, () => true).filter((lunch) =>
          hasRoom(lunch, Uint16Array.from(problem.taken), []),
        );
        const planned = planWeek(request, search()).scheduled_events.filter(({ type }) => type === "lunch");
        expect(told.map(({ id }) => id)).toEqual(planned.map(({ id }) => id));
        if (planned.length === 0) missing += 1;
      },
    ),
    { seed: 12, numRuns: 60 },
  );
  expect(missing).toBeGreaterThan(5);
});

/** Minutes of the day, and how long. */
const meetings = fc.array(
  fc.tuple(
    fc.integer({ min: 120, max: 170 }).map((five) => five * 5),
    fc.constantFrom(10, 30, 60),
  ),
  {
    maxLength: 4,
  },
);

function clock(minute: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `2024-03-25T${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
