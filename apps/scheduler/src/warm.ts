import type { Job } from "./job.ts";
import { createTeam } from "./team.ts";

// Monday of some week: any would do, as long as it is always the same.
const monday = Date.UTC(2030, 2, 25, 6);
const titles = ["Draft", "Review", "Call", "Invoice", "Slides", "Email", "Report", "Budget", "Visa", "Groceries"];

const week = {
  user_id: "warm",
  planning_horizon_days: 3,
  existing_events: [
    { id: "meeting", title: "Meeting", start_time: "2030-03-25T10:00:00", end_time: "2030-03-25T11:00:00" },
  ],
  tasks: titles.map((title, index) => ({
    id: title,
    title,
    estimated_duration_minutes: 30 + 15 * (index % 5),
    priority: index % 3 === 0 ? "high" : "medium",
    deadline: `2030-03-${25 + (index % 3)}T17:00:00`,
    dependencies: index % 4 === 3 ? [titles[index - 1]] : [],
  })),
};

/**
 * A job for a thread that has just started: solved a few times, it has what every solve runs through compiled, so that
 * nobody's plan takes the second that the first one would.
 */
export function warmUp(solve: (job: Job) => unknown, clock: () => number): void {
  const body = new TextEncoder().encode(JSON.stringify(week));
  const started = clock();
  for (let seed = 1; seed <= mostRounds && clock() - started < longestMilliseconds; seed += 1) {
    solve({
      operation: "generate",
      body,
      now: monday,
      effort: { seed, iterations },
      budgetMilliseconds: longestMilliseconds,
      reportsProgress: false,
      team: createTeam(),
      role: "lead",
      stop: new Int32Array(1),
    });
  }
}

const mostRounds = 6;
const iterations = 300;
const longestMilliseconds = 300;
