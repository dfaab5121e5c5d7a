import type { Progress, ScheduledEvent, Unscheduled } from "../contract/index.ts";
import { openTime, simulate } from "./confidence.ts";
import type { Demand } from "./demand.ts";
import { breakEvent, breaks, eventOf, type Placed, placedItems, stuckEvent } from "./events.ts";
import { lateWarnings, reasonFor } from "./explain.ts";
import { hoursOf } from "./hours.ts";
import { prepare } from "./prepare.ts";
import type { Problem } from "./problem.ts";
import { gapOf } from "./progress.ts";
import { createRandom } from "./random.ts";
import { type Proof, search as find } from "./search.ts";
import { merge } from "./spans.ts";
import { placedTasks, type State } from "./state.ts";
import { explainUnplaced } from "./unplaced.ts";

/** How to search. The same demand, seed and iterations give the same plan unless `outOfTime` cuts it short. */
export type Search = {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly seed: number;
  readonly iterations: number;
  readonly outOfTime: () => boolean;
  readonly onProgress?: (progress: Progress) => void;
};

/** What is known of the best plan there is, on the grid of the problem. */
type Bound = { readonly lowerBound: number | null; readonly proof: Proof; readonly isCut: boolean };

/** A finished plan and what there is to say about it. */
export type Outcome = Bound & {
  readonly problem: Problem;
  readonly state: State<Problem>;
  readonly placed: readonly Placed[];
  readonly events: ScheduledEvent[];
  readonly unscheduled: Unscheduled[];
  readonly confidence: number;
  readonly warnings: string[];
};

export function solve(demand: Demand, search: Search): Outcome {
  const problem = prepare(demand);
  const total = problem.items.filter(({ kind }) => kind === "task").length;
  const report = (phase: Progress["phase"], fraction: number, state?: State, cost?: number) =>
    search.onProgress?.({
      type: "progress",
      phase,
      fraction,
      placed: state ? placedTasks(state) : 0,
      total,
      cost: cost ?? state?.cost() ?? null,
      lower_bound: null,
      optimality_gap: null,
      confidence_score: null,
    });

  report("constructing", 0.05);
  let first: State | undefined;
  const found = find(problem, {
    random: createRandom(search.seed),
    iterations: search.iterations,
    outOfTime: search.outOfTime,
    onStart: (state) => {
      first = state;
      report("improving", 0.1, state);
    },
    onStep: (step, cost) => report("improving", 0.1 + 0.8 * Math.min(1, step / search.iterations), first, cost),
  });
  const { state, iterations: done, lowerBound, proof } = found;
  report("simulating", 0.9, state);
  const cut = done < search.iterations ? [cutWarning(done, search.iterations)] : [];
  const outcome = { ...tell(problem, state, search, cut), lowerBound, proof, isCut: cut.length > 0 };
  report("simulating", 1, state);
  return outcome;
}

/** What an answer says of how good its plan is. */
export function qualityOf({ state, lowerBound, proof, isCut, problem }: Outcome) {
  const cost = state.cost();
  return {
    grid_minutes: problem.axis.grid,
    cost,
    lower_bound: lowerBound,
    optimality_gap: gapOf(cost, lowerBound),
    proof,
    time_limited: isCut,
    weights: problem.weights,
    days: [],
  };
}

function cutWarning(done: number, iterations: number): string {
  return `The search was stopped by its time limit after ${done} of ${iterations} steps; planning again may find a better plan.`;
}

function tell(
  problem: Problem,
  state: State<Problem>,
  { now, seed }: Search,
  warnings: readonly string[],
): Omit<Outcome, keyof Bound> {
  const { zone } = problem.calendar;
  const placed = placedItems(state);
  const byIndex = new Map(placed.map((each) => [each.index, each]));
  const { score, onTime } = simulate(stepsOf(problem, placed, now), seed);
  const items = placed.map((each) =>
    eventOf(each, zone, {
      reason: reasonFor(each, problem, byIndex),
      pOnTime: each.item.want ? (onTime.get(each.item.id) ?? null) : null,
    }),
  );
  const rests = breaks(problem, placed).map((rest) => breakEvent(rest, zone));
  const stuck = problem.fixed.filter((event) => event.stuck).map((event) => stuckEvent(event, zone));
  return {
    problem,
    state,
    placed,
    events: [...items, ...rests, ...stuck].sort((a, b) => Date.parse(a.start_time) - Date.parse(b.start_time)),
    unscheduled: explainUnplaced(state),
    confidence: score,
    warnings: [...problem.warnings, ...lateWarnings(placed, now), ...disorder(placed, byIndex), ...warnings],
  };
}

/** The placed tasks that are still to be done, as they are carried out. */
function stepsOf({ hours, fixed, calendar }: Problem, placed: readonly Placed[], now: number) {
  const kept = placed.filter(({ item }) => item.kind === "lunch");
  const events = merge([...fixed, ...placed.filter(({ item }) => item.kind === "event")]);
  const open = { work: openTime(hours.work, kept, events), personal: openTime(hours.personal, kept, events) };
  return placed
    .filter(({ item, end, start }) => item.kind === "task" && end > now && start < calendar.end)
    .map(({ item, start, end }) => ({
      id: item.id,
      taskId: item.want?.taskId ?? item.id,
      start,
      end,
      minutes: item.minutes,
      deadline: item.want?.deadline ?? null,
      open: open[hoursOf(item.want?.category ?? "work")],
    }));
}

/** What was put by hand may stand before what it waits for; that is the person's decision, and is said. */
function disorder(placed: readonly Placed[], byIndex: ReadonlyMap<number, Placed>): string[] {
  const pinned = placed.filter(({ item }) => item.locked);
  const others = [...byIndex.values()];
  return pinned.flatMap(({ item, start }) =>
    others
      .filter(
        (other) => other.item.want && item.want?.dependencies.includes(other.item.want.taskId) && other.end > start,
      )
      .map((other) => `'${item.title}' was put by hand before '${other.item.title}' ends, which it depends on.`),
  );
}
