import { describe, expect, it } from "vitest";
import type { ScheduledEvent } from "../../contract/index.ts";
import { monday, search, stored, task, week } from "../builders.ts";
import { judge, planWeek, type PlanAnswer, replan, type ReplanAnswer } from "../index.ts";

const deadline = "2024-03-27T12:00";
const request = week({
  tasks: [task("a", 60, { deadline }), task("b", 60, { deadline }), task("c", 60, { preferred_time: "afternoon" })],
});
const answer: PlanAnswer = { ...planWeek(request, search()), ...quality(200, 150) };

/** A task event that says nothing of itself. */
const blank = {
  id: "x",
  task_id: "x",
  title: "x",
  type: "task" as const,
  priority: null,
  category: null,
};

describe("the judge of what an answer says", () => {
  it("believes the answer that the planted lies start from", () => {
    expect(judge(request, answer, monday)).toEqual([]);
  });

  it.each<[string, Partial<PlanAnswer>]>([
    ["a bound above the cost", quality(200, 201)],
    ["a gap that is another", { optimality_gap: 0.2 }],
    ["a gap without a bound", { lower_bound: null }],
    ["a proof without a bound", { lower_bound: null, optimality_gap: null }],
    ["a bound without a proof", { proof: "none" }],
    ["the best, although the bound is lower", { proof: "optimal" }],
    ["no more than bounded, although the bound is met", { ...quality(200, 200), proof: "bounded" }],
    ["a bound of no cost", { cost: null }],
    ["a cost below nothing", quality(-5, -5)],
    ["a probability above one", { confidence_score: 1.01 }],
    ["that all is likelier than one", { confidence_score: 1, scheduled_events: told({ p_on_time: 0.4 }) }],
    ["no probability beside a deadline", { scheduled_events: told({ p_on_time: null }) }],
    ["a probability below nothing", { scheduled_events: told({ p_on_time: -0.1 }), confidence_score: 0 }],
    ["a sure end before a likely one", { scheduled_events: told({ eta: eta("11:00", "10:00", null) }) }],
    ["a certain end after a doubtful one", { scheduled_events: told({ eta: eta("11:00", null, "12:00") }) }],
    ["days in disorder", { days: [day("2024-03-26"), day("2024-03-25")] }],
    ["a day that holds more than surely", { days: [{ ...day("2024-03-25"), p_holds: 1.5 }] }],
    ["another plan that costs less than any can", { alternatives: [{ ...other(), cost: 149 }] }],
  ])("does not believe %s", (_lie, lie) => {
    expect(judge(request, { ...answer, ...lie }, monday)).toContainEqual(expect.objectContaining({ rule: "number" }));
  });

  it("judges the other plans too", () => {
    expect(judge(request, { ...answer, alternatives: [other()] }, monday)).toEqual([]);
    const broken = other().scheduled_events.filter(({ id }) => id !== "c");
    expect(judge(request, { ...answer, alternatives: [{ ...other(), scheduled_events: broken }] }, monday)).toEqual([
      expect.objectContaining({ rule: "lost" }),
    ]);
  });
});

it("lets what is no part of the score be less likely than it: a task of which a part has no place", () => {
  const half = { deadline: "2024-03-25T10:30", deadline_is_hard: true };
  const pin = { id: "pin", title: "a", task_id: "a", start_time: "2024-03-26T09:00", end_time: "2024-03-26T10:00" };
  const day = { ...blank, id: "a", task_id: "a", ...at("09:00") };
  const torn = stored({
    tasks: [task("a", 60, half), task("b", 60, { deadline: "2024-03-29T16:00" })],
    existing_schedule: [day],
    existing_events: [
      pin,
      { ...pin, id: "visit", task_id: null, start_time: "2024-03-25T08:00", end_time: "2024-03-25T10:00" },
    ],
  });
  const again = replan(torn, search());
  expect(again.unscheduled_tasks).toEqual(["a"]);
  expect(again.pinned_events).toMatchObject([{ id: "pin", p_on_time: 0 }]);
  expect(again.confidence_score).toBeGreaterThan(0);
  expect(judge(torn, again, monday)).toEqual([]);
});

describe("the judge of changes", () => {
  const events = answer.scheduled_events.map((each) => (each.id === "a" ? { ...each, ...at("15:00") } : each));
  const visit = { id: "e", title: "visit", start_time: "2024-03-25T15:00", end_time: "2024-03-25T16:00" };
  const again = stored({
    tasks: [...request.tasks, task("d", 30), task("x", 60, { deadline: "2024-03-25T09:30", deadline_is_hard: true })],
    existing_schedule: [...events, { ...blank, ...at("09:00") }],
    existing_events: [visit],
    least_change: true,
  });
  const { changes, ...revised } = replan(again, search());
  const judged = (told: ReplanAnswer["changes"]) =>
    judge(again, { ...revised, changes: told }, monday).filter(({ rule }) => rule === "change");

  it("believes a move, an addition and a removal that were", () => {
    expect(changes.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["moved", "added", "dropped"]));
    expect(judge(again, { ...revised, changes }, monday)).toEqual([]);
  });

  it("misses each that is not told, and finds what never was", () => {
    for (const silent of changes) expect(judged(changes.filter((each) => each !== silent))).toHaveLength(1);
    const never = changes.map((each) => ({ ...each, event_id: "c" })).slice(0, 1);
    expect(judged([...changes, ...never])).toHaveLength(1);
  });

  it("finds a wrong time", () => {
    const wrong = changes.map((each) => (each.kind === "added" ? { ...each, to: "2024-03-29T16:00:00+01:00" } : each));
    // What was is not told, and what is told was not.
    expect(judged(wrong)).toHaveLength(2);
  });

  it("tells a task from an event of the same id", () => {
    const here = { id: "a", start_time: "2024-03-25T15:00", end_time: "2024-03-25T16:00" };
    const both = stored({
      tasks: [task("a", 60)],
      existing_schedule: [{ ...blank, id: "a", task_id: "a", ...at("15:00") }],
      existing_events: [
        { ...here, title: "may move", is_moveable: true },
        { ...here, id: "e", title: "stays" },
      ],
      least_change: true,
    });
    const again = replan(both, search());
    expect(again.changes.map(({ event_id: id, kind }) => `${kind} ${id}`)).toEqual(["moved a", "moved a"]);
    expect(judge(both, again, monday)).toEqual([]);
    const [first] = again.changes;
    expect(judge(both, { ...again, changes: first ? [first, first] : [] }, monday)).toHaveLength(1);
  });
});

function quality(cost: number, lower_bound: number) {
  const optimality_gap = cost === 0 ? 0 : (cost - lower_bound) / cost;
  return { cost, lower_bound, optimality_gap, proof: cost === lower_bound ? "optimal" : "bounded" } as const;
}

/** The plan with something else said of task `a`. */
function told(of: Partial<ScheduledEvent>): ScheduledEvent[] {
  return planWeek(request, search()).scheduled_events.map((each) => (each.id === "a" ? { ...each, ...of } : each));
}

function eta(p50: string, p80: string | null, p95: string | null) {
  const full = (clock: string | null) => clock && `2024-03-25T${clock}:00+01:00`;
  return { p50: full(p50), p80: full(p80), p95: full(p95) };
}

function day(date: string) {
  return { date, planned_minutes: 60, free_minutes: 300, p_holds: 0.9 };
}

function other() {
  const { scheduled_events, unscheduled_tasks, confidence_score, days, pinned_events } = planWeek(request, search());
  const named = { label: "the same", cost: 210, differences: [] };
  return { ...named, scheduled_events, unscheduled_tasks, confidence_score, days, pinned_events };
}

function at(clock: string) {
  const start = Date.parse(`2024-03-25T${clock}:00+01:00`);
  return { start_time: iso(start), end_time: iso(start + 3_600_000) };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
