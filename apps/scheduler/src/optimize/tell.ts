import type { DayRisk, ScheduledEvent, Unscheduled } from "../contract/index.ts";
import { simulate } from "./confidence.ts";
import { daysOf, riskOf } from "./days.ts";
import { breakEvent, breaks, eventOf, type Placed, placedItems, stuckEvent } from "./events.ts";
import { lateWarnings, reasonFor } from "./explain.ts";
import { createOverrun } from "./history.ts";
import type { Problem } from "./problem.ts";
import { createPrior } from "./prior.ts";
import type { State } from "./state.ts";
import { stepsOf } from "./steps.ts";
import { explainPlaced } from "./placement.ts";
import { createWorld } from "./world.ts";
import { explainUnplaced } from "./unplaced.ts";

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
  warnings: readonly string[],
): Told {
  const { zone } = problem.calendar;
  const placed = placedItems(state);
  const byIndex = new Map(placed.map((each) => [each.index, each]));
  const { score, forecasts, days } = simulate(stepsOf(problem, placed, now), {
    seed,
    overrun: createOverrun(problem.demand.actuals, createPrior()),
    days: daysOf(problem),
    heed: () => void outOfTime(),
  });
  const world = createWorld(state);
  const explanations = explainPlaced(world, placed);
  const items = placed.map((each) => ({
    ...eventOf(each, zone, {
      reason: reasonFor(each, problem, byIndex),
      forecast: each.item.want ? (forecasts.get(each.item.id) ?? null) : null,
    }),
    explanation: explanations.get(each.index) ?? null,
  }));
  const rests = breaks(problem, placed).map((rest) => breakEvent(rest, zone));
  const stuck = problem.fixed.filter((event) => event.stuck).map((event) => stuckEvent(event, zone));
  return {
    problem,
    state,
    placed,
    events: [...items, ...rests, ...stuck].sort((a, b) => Date.parse(a.start_time) - Date.parse(b.start_time)),
    unscheduled: explainUnplaced(world),
    confidence: score,
    days: riskOf(problem, placed, days),
    warnings: [...problem.warnings, ...lateWarnings(placed, now), ...disorder(placed, byIndex), ...warnings],
  };
}

/** What was put by hand may stand before what it waits for; that is the person's decision, and is said. */
function disorder(placed: readonly Placed[], byIndex: ReadonlyMap<number, Placed>): string[] {
  const pinned = placed.filter(({ item }) => item.want?.locked);
  const others = [...byIndex.values()];
  return pinned.flatMap(({ item, start }) =>
    others
      .filter(
        (other) => other.item.want && item.want?.dependencies.includes(other.item.want.taskId) && other.end > start,
      )
      .map((other) => `'${item.title}' was put by hand before '${other.item.title}' ends, which it depends on.`),
  );
}
