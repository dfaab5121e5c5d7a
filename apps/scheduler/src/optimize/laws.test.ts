import * as fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { GenerateRequest, OptimizeRequest, type ScheduledEvent } from "../contract/index.ts";
import { type Asking, moments, weekIn } from "../testing/weeks.ts";
import { search } from "./builders.ts";
import { judge, planWeek, replan } from "./index.ts";

// Twenty weeks with this many requests each; `BEQ_DEEP=1` makes 1,000 plans and 500 revisions of them.
const [plans, revisions] = process.env["BEQ_DEEP"] === "1" ? [50, 25] : [5, 3];
const told = { endOnFailure: true };
const seeded = moments.map(([zone, from], index) => [zone, from, index + 1] as const);

describe("every plan", { timeout: 900_000 }, () => {
  it.each(seeded)("keeps every hard rule in %s from %s (seed %i)", (zone, from, seed) => {
    fc.assert(
      fc.property(weekIn([zone, from]), ({ request, now }) => {
        expect(judge(request, planWeek(request, search(now, 60)), now)).toEqual([]);
      }),
      { ...told, seed, numRuns: plans },
    );
  });

  it.each(seeded)("keeps every hard rule when planned again in %s from %s (seed %i)", (zone, from, seed) => {
    const pins = fc.array(fc.boolean(), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(
        weekIn([zone, from]),
        fc.boolean(),
        fc.integer({ min: 0, max: 60 }),
        pins,
        (asking, least, hours, pinned) => {
          const later = asking.now + hours * 3_600_000;
          const again = revision(asking, least, (index) => pinned[index % 10] === true);
          expect(judge(again, replan(again, search(later, 30)), later)).toEqual([]);
        },
      ),
      { ...told, seed, numRuns: revisions },
    );
  });

  it("keeps every hard rule where other plans are wanted as well (seed 17)", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...moments).chain((moment) => weekIn(moment)),
        ({ request, now }) => {
          expect(judge(request, planWeek({ ...request, alternatives: 3 }, search(now, 60)), now)).toEqual([]);
        },
      ),
      { ...told, seed: 17, numRuns: plans },
    );
  });
});

describe("the fixture week", () => {
  const week: object = JSON.parse(readFileSync(new URL("../../fixtures/week.json", import.meta.url), "utf8"));
  const now = Date.UTC(2030, 2, 25, 6);
  const zones = [...new Set(moments.map(([zone]) => zone))];

  it.each(zones)("is planned in %s, and again, by all rules", (timezone) => {
    const plain = GenerateRequest.parse(week);
    const request = { ...plain, user_preferences: { ...plain.user_preferences, timezone } };
    expect(judge(request, planWeek(request, search(now, 60)), now)).toEqual([]);
    const again = revision({ request, now }, true, (index) => index % 5 === 0);
    expect(judge(again, replan(again, search(now + 30 * 3_600_000, 30)), now + 30 * 3_600_000)).toEqual([]);
  });

  it("is planned with pieces, ways, windows, waiting times and a cap by all rules", () => {
    const plain = GenerateRequest.parse(week);
    const tasks = plain.tasks.map((task, index) => ({
      ...task,
      buffer_before_minutes: index % 4 === 0 ? 15 : 0,
      buffer_after_minutes: index % 6 === 0 ? 10 : 0,
      window: index % 7 === 3 ? "13:00-17:00" : null,
      dependency_lags: Object.fromEntries(task.dependencies.map((id) => [id, 60])),
      split: task.estimated_duration_minutes >= 90 ? { min_minutes: 30, max_minutes: 60 } : null,
    }));
    const user_preferences = { ...plain.user_preferences, max_work_minutes_per_day: 360 };
    const request = GenerateRequest.parse({ ...plain, tasks, user_preferences });
    const answer = planWeek(request, search(now, 200));
    expect(judge(request, answer, now)).toEqual([]);
    expect(answer.unscheduled_tasks.length).toBeLessThan(5);
  });
});

/** The request to plan its own plan again, some of it pinned by hand. */
function revision({ request, now }: Asking, least_change: boolean, isPinned: (index: number) => boolean) {
  const pinned = (event: ScheduledEvent, index: number) => ({
    ...event,
    pinned: event.type === "task" && isPinned(index),
  });
  const existing_schedule = planWeek(request, search(now, 30)).scheduled_events.map(pinned);
  return OptimizeRequest.parse({ ...request, existing_schedule, least_change });
}
