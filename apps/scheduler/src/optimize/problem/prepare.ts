import { createFoundation } from "../search/construct.ts";
import type { Patterns } from "./cut.ts";
import type { Demand } from "./demand.ts";
import { noLunch } from "./lunch.ts";
import { timeOf } from "../time/axis.ts";
import { createProblem, type Problem } from "./problem.ts";
import { createSite } from "./site.ts";

const mostNamed = 5;

function stays(what: string): string {
  return `${what} cannot stay where it is and there is no other place for it: it was left there.`;
}

/**
 * The problem in which everything that must have a place has one. A moveable event that can neither stay nor go stays
 * after all, as if it were fixed; a lunch that no day has room for is skipped. Both are warned of.
 * @param patterns how split tasks are cut; null for the way to begin with
 * @param heed called every few milliseconds; what it throws ends the work
 */
export function prepare(demand: Demand, patterns: Patterns | null = null, heed?: () => void): Problem {
  return settle(createProblem(demand, patterns, createSite(demand, heed)), heed);
}

/** The same demand with split tasks cut another way. */
export function recut({ demand, site }: Problem, patterns: Patterns): Problem {
  return settle(createProblem(demand, patterns, site));
}

function settle(problem: Problem, heed?: () => void): Problem {
  const { demand, patterns } = problem;
  const state = createFoundation(problem, heed);
  const stuck = problem.items.filter(({ kind }, index) => kind !== "task" && !state.isPlaced(index));
  if (stuck.length === 0) return problem;

  const ids = new Set(stuck.map(({ id }) => id));
  const events = stuck.filter(({ kind }) => kind === "event");
  const meals = stuck.filter(({ kind }) => kind === "lunch");
  const settled: Demand = {
    ...demand,
    engagements: demand.engagements.map((event) =>
      event.moveable && ids.has(event.id) ? { ...event, moveable: false, stuck: true } : event,
    ),
    noLunch: new Set([...demand.noLunch, ...ids]),
    warnings: [
      ...demand.warnings,
      ...meals.map(({ starts }) => noLunch(problem.calendar.zone, timeOf(problem.axis, starts[0] ?? 0))),
      ...events.slice(0, mostNamed).map(({ title }) => stays(`'${title}'`)),
      ...(events.length > mostNamed ? [stays(`Each of ${events.length - mostNamed} more events`)] : []),
    ],
  };
  return prepare(settled, patterns, heed);
}
