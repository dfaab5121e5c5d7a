import type { DayRisk, ScheduledEvent, Unscheduled } from "../../contract/index.ts";
import { simulate } from "../confidence/confidence.ts";
import { daysOf, riskOf } from "../confidence/days.ts";
import { breakEvent, breaks, eventOf, type Placed, placedItems, stuckEvent } from "./events.ts";
import { lateWarnings, reasonFor } from "./explain.ts";
import { createOverrun } from "../confidence/history.ts";
import type { Problem } from "../problem/problem.ts";
import { createPrior } from "../confidence/prior.ts";
import type { State } from "../search/state.ts";
import { stepsOf } from "../confidence/steps.ts";
import { explainPlaced } from "./placement.ts";
import { createWorld } from "./world.ts";
import { explainUnplaced } from "./unplaced.ts";
import { count } from "../time/words.ts";

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
  const heed = () => void outOfTime();
  const placed = placedItems(state);
  const byIndex = new Map(placed.map((each) => [each.index, each]));
  const { score, forecasts, days } = simulate(stepsOf(problem, placed, now), {
    seed,
    overrun: createOverrun(problem.demand.actuals, createPrior()),
    days: daysOf(problem),
    heed,
  });
  heed();
  const world = createWorld(state);
  const explanations = explainPlaced(world, placed, heed);
  const items = placed.map((each) => {
    heed();
    const explanation = explanations.get(each.index) ?? null;
    const reason = reasonFor(each, problem, byIndex, explanation);
    const forecast = each.item.want ? (forecasts.get(each.item.id) ?? null) : null;
    return { ...eventOf(each, zone, { reason, forecast }), explanation };
  });
  const unscheduled = explainUnplaced(world, heed);
  heed();
  const rests = breaks(problem, placed).map((rest) => breakEvent(rest, zone));
  heed();
  const stuck = problem.fixed
    .filter((event) => event.stuck)
    .map((event) => {
      heed();
      return stuckEvent(event, zone);
    });
  return {
    problem,
    state,
    placed,
    events: [...items, ...rests, ...stuck].sort((a, b) => Date.parse(a.start_time) - Date.parse(b.start_time)),
    unscheduled,
    confidence: score,
    days: riskOf(problem, placed, days),
    warnings: [
      ...problem.warnings,
      ...leftWarnings(unscheduled),
      ...lateWarnings(placed, now),
      ...disorder(placed, byIndex),
      ...warnings,
    ],
  };
}

const mostNamed = 5;

/** Tasks without a place, the first of them by name. */
function leftWarnings(unscheduled: readonly Unscheduled[]): string[] {
  const named = unscheduled.slice(0, mostNamed).map(({ title, reason }) => `'${title}' has no place. ${reason}`);
  const more = unscheduled.length - named.length;
  return more > 0 ? [...named, `${count(more, "more task")} without a place.`] : named;
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
