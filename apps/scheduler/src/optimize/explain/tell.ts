import type { DayRisk, ScheduledEvent, Unscheduled } from "../../contract/index.ts";
import { type Forecast, simulate } from "../confidence/confidence.ts";
import { daysOf, riskOf } from "../confidence/days.ts";
import { breaks } from "./breaks.ts";
import { breakEvent, eventOf, stuckEvent } from "./events.ts";
import { createOverrun } from "../confidence/history.ts";
import { type Placed, placedItems } from "../problem/placed.ts";
import type { Problem } from "../problem/problem.ts";
import { createPrior } from "../confidence/prior.ts";
import type { State } from "../search/state.ts";
import { stepsOf } from "../confidence/steps.ts";
import { explainPlaced } from "./placement.ts";
import { createWorld, type World } from "./world.ts";
import { explainUnplaced } from "./unplaced.ts";
import { reasonFor } from "./reason.ts";
import { lateWarnings, leftWarnings, orderWarnings } from "./warnings.ts";

/** A plan and what there is to say about it. */
export type Told = {
  readonly problem: Problem;
  readonly state: State<Problem>;
  readonly placed: readonly Placed[];
  readonly events: ScheduledEvent[];
  readonly unscheduled: Unscheduled[];
  readonly confidence: number;
  readonly days: DayRisk[];
  readonly warnings: string[];
};

/** Everything that an answer says of a plan but for how good it is known to be. */
export function tell(
  problem: Problem,
  state: State<Problem>,
  { now, seed, outOfTime }: { now: number; seed: number; outOfTime: () => boolean },
): Told {
  const heed = () => void outOfTime();
  const placed = placedItems(state);
  const overrun = createOverrun(problem.demand.actuals, createPrior());
  const chances = simulate(stepsOf(problem, placed, now), { seed, overrun, days: daysOf(problem), heed });
  heed();
  const world = createWorld(state);
  const events = eventsOf(world, placed, chances.forecasts, heed);
  const unscheduled = explainUnplaced(world, heed);
  return {
    problem,
    state,
    placed,
    events,
    unscheduled,
    confidence: chances.score,
    days: riskOf(problem, placed, chances.days),
    // Two events may have one title, and a habit several times for which there is one reason.
    warnings: [
      ...new Set([
        ...problem.warnings,
        ...leftWarnings(unscheduled),
        ...lateWarnings(placed, now),
        ...orderWarnings(placed),
      ]),
    ],
  };
}

/** All that is shown of a plan, in order of time: what was placed, breaks, and events that found no other place. */
function eventsOf(
  world: World,
  placed: readonly Placed[],
  forecasts: ReadonlyMap<string, Forecast>,
  heed: () => void,
): ScheduledEvent[] {
  const { problem } = world;
  const { zone } = problem.calendar;
  const byIndex = new Map(placed.map((each) => [each.index, each]));
  const explanations = explainPlaced(world, placed, heed);
  const items = placed.map((each) => {
    heed();
    const { item, index } = each;
    const explanation = explanations.get(index) ?? null;
    const reason = reasonFor(each, problem, byIndex, explanation);
    const forecast = item.want ? (forecasts.get(item.id) ?? null) : null;
    return eventOf(each, zone, { reason, forecast, explanation });
  });
  const rests = breaks(problem, placed).map((rest) => breakEvent(rest, zone));
  const stuck = problem.fixed.flatMap((event) => {
    heed();
    return event.stuck ? [stuckEvent(event, zone)] : [];
  });
  return [...items, ...rests, ...stuck].sort((a, b) => Date.parse(a.start_time) - Date.parse(b.start_time));
}
