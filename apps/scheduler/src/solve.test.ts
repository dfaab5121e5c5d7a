import { describe, expect, it } from "vitest";
import type { Job } from "./job.ts";
import { solve, type Tools } from "./solve.ts";
import { createTeam } from "./team.ts";

const monday = Date.UTC(2030, 2, 25, 6);

describe("a solve that nobody waits for any more", { timeout: 120_000 }, () => {
  it("is never far from asking whether somebody still does, with 500 tasks over 90 days", () => {
    const week = jobOf(monthsOf(500, 90), 50);
    // Compiling and collecting garbage make some runs' gaps longer; a phase that forgets to ask, those of all.
    const gaps = [1, 2, 3].map(() => looksOf(week)).map(({ longest, all }) => longest / all);
    expect(Math.min(...gaps)).toBeLessThan(0.05);
  });

  it.each(["lead", "help"] as const)("ends at whichever moment it is told to (role %s)", (role) => {
    const week = { ...jobOf(monthsOf(60, 14), 200), role };
    const { looks } = looksOf(week);
    for (let moment = 0; moment < 16; moment += 1) {
      const told = Math.floor((moment * looks) / 16) + 1;
      expect(looksOf(week, told)).toMatchObject({ kind: "cancelled", looks: told });
    }
  });
});

it("hands over what it searched with, so that the next search finds it compiled", () => {
  const held: unknown[] = [];
  solve(jobOf(monthsOf(12, 5), 2_000), { ...tools(), hold: (searched) => void held.push(searched) });
  expect(held).not.toEqual([]);
});

it("knows the plan that it answers, where that was met while looking for others", () => {
  const beside = [1, 10, 60].map((iterations) => {
    const [alone, outcome] = [0, 3].map((alternatives) =>
      solve(jobOf({ ...fullDay(), alternatives }, iterations), tools()),
    );
    if (outcome?.kind !== "answer" || alone?.kind !== "answer") throw new Error("no answer");
    const { cost } = JSON.parse(outcome.json) as { cost: number };
    expect(outcome.known.cost).toBe(cost);
    return cost < alone.known.cost;
  });
  expect(beside).toContain(true);
});

/** CPU milliseconds of a solve and of its longest stretch without a look; `stopAt` a look it is told to stop. */
function looksOf(job: Job, stopAt = Infinity) {
  const stop = new Int32Array(1);
  const started = spent();
  let [looks, longest, last] = [0, 0, started];
  const clock = (): number => {
    looks += 1;
    longest = Math.max(longest, spent() - last);
    last = spent();
    if (looks === stopAt) stop[0] = 1;
    return performance.now();
  };
  const { kind } = solve({ ...job, team: createTeam(), stop }, { ...tools(), clock });
  const ended = spent();
  return { kind, looks, longest: Math.max(longest, ended - last), all: ended - started };
}

/** A busy machine takes time, but no time of this process. */
function spent(): number {
  return process.cpuUsage().user / 1_000;
}

function tools(): Tools {
  return { clock: () => performance.now(), report: () => undefined, hold: () => undefined };
}

function jobOf(week: object, iterations: number): Job {
  return {
    operation: "generate",
    body: new TextEncoder().encode(JSON.stringify(week)),
    now: monday,
    effort: { seed: 1, iterations },
    budgetMilliseconds: 600_000,
    reportsProgress: true,
    team: createTeam(),
    role: "lead",
    stop: new Int32Array(1),
  };
}

function monthsOf(tasks: number, days: number) {
  const at = (minutes: number) => new Date(monday + minutes * 60_000).toISOString();
  return {
    user_id: "ada",
    planning_horizon_days: days,
    existing_events: Array.from({ length: 2 * days }, (_, index) => {
      const start = index * 720 + 240;
      return { id: `event-${index}`, title: `Event ${index}`, start_time: at(start), end_time: at(start + 45) };
    }),
    tasks: Array.from({ length: tasks }, (_, index) => ({
      id: `task-${index}`,
      title: `Task ${index}`,
      estimated_duration_minutes: 30 + 15 * (index % 4),
      priority: ["low", "medium", "high", "urgent"][index % 4],
      category: index % 3 === 0 ? "personal" : "work",
      preferred_time: "morning",
      ...(index % 2 === 1 && { deadline: at(1_440 * (1 + (index % days))) }),
    })),
  };
}

/** More than a day holds, some of it in pieces. */
function fullDay() {
  const tasks = Array.from({ length: 8 }, (_, index) => ({
    id: `task-${index}`,
    title: `Task ${index}`,
    estimated_duration_minutes: 90 + 15 * ((index * 5) % 7),
    priority: ["low", "medium", "high", "urgent"][index % 4],
    category: index % 3 === 0 ? "home" : "work",
    ...(index % 4 === 0 && { split: { min_minutes: 30, max_minutes: 45 } }),
  }));
  return { user_id: "ada", planning_horizon_days: 1, tasks };
}
