import type { AlternativePlan } from "../../contract/index.ts";
import { alternativeTo } from "./alternative.ts";
import { complete } from "../pieces/whole.ts";
import { improve } from "../search/improve.ts";
import { type Lens, lenses, refracted } from "./lenses.ts";
import type { Outcome, Search } from "../outcome.ts";
import type { Problem } from "../problem/problem.ts";
import { createRandom } from "../search/random.ts";
import type { State } from "../search/state.ts";
import { tell, type Told } from "./tell.ts";
import { transferred } from "./transfer.ts";

/** What it costs to stand where the task stands in a plan that is there already: more at each attempt. */
const penalties = [30, 120, 480];

/** So many of the placed tasks stand elsewhere, or it is no other plan. */
const leastElsewhere = 0.2;

/** The plan gives way to a cheaper one that is found beside it so many times. */
const mostRounds = 3;

/** A plan and others beside it. */
type Beside = { readonly outcome: Outcome; readonly alternatives: AlternativePlan[] };

/**
 * Plans for the same tasks that are really different: no worse in what they leave out, a fifth of the tasks elsewhere
 * than in any plan before, and better at something that a person can name. Each is searched for with a part of the
 * iterations, through one {@link Lens} after the other and with a price on the places of the plans before. One that
 * costs less than the plan itself takes its place.
 */
export function variants(outcome: Outcome, wanted: number, search: Search): Beside {
  let isOver = false;
  const outOfTime = () => (isOver ||= search.outOfTime());
  let best = outcome;
  for (let round = 1; ; round += 1) {
    const { cheaper, alternatives } = look(best, wanted, search, outOfTime);
    if (cheaper && round < mostRounds) {
      const { state, problem } = cheaper;
      search.onCheaper?.({ choices: state.choices(), patterns: problem.patterns, cost: state.cost() });
      best = promoted(best, cheaper);
      continue;
    }
    return { outcome: isOver ? unfinished(best, wanted - alternatives.length) : best, alternatives };
  }
}

/** @param missing how many plans were asked for and not found */
function unfinished(outcome: Outcome, missing: number): Outcome {
  const said = `Time ran out before ${missing === 1 ? "one more plan" : `${missing} more plans`} beside this one could be found.`;
  return { ...outcome, isCut: true, undone: [...outcome.undone, ...(missing > 0 ? [said] : [])] };
}

type Look = { readonly cheaper: Told | null; readonly alternatives: AlternativePlan[] };

/** The alternatives to a plan, as far as the first that costs less. */
function look(outcome: Outcome, wanted: number, search: Search, outOfTime: () => boolean): Look {
  const plans: Told[] = [outcome];
  const alternatives: AlternativePlan[] = [];
  const iterations = Math.max(1, Math.floor(search.iterations / lenses.length));
  for (const [number, lens] of lenses.entries()) {
    if (alternatives.length >= wanted) break;
    const state = through(lens, outcome, plans, { iterations, outOfTime, seed: search.seed + number + 1 });
    if (!state) continue;

    const told = tell(outcome.problem, state, search);
    if (isCheaper(state, outcome)) return { cheaper: told, alternatives };
    const plan = alternativeTo(outcome, told, alternatives);
    if (!plan || told.unscheduled.length > outcome.unscheduled.length) continue;
    plans.push(told);
    alternatives.push(plan);
  }
  return { cheaper: null, alternatives };
}

/** The first plan that differs from all of `plans`, or costs less than the one there is; null where none was found. */
function through(
  lens: Lens,
  outcome: Outcome,
  plans: readonly Told[],
  { seed, iterations, outOfTime }: Pick<Search, "seed" | "iterations" | "outOfTime">,
): State<Problem> | null {
  for (const penalty of penalties) {
    if (outOfTime()) return null;
    // From the plan that there is: what has a place in it keeps one.
    const other = transferred(refracted(outcome.problem, lens, plans, penalty), outcome.state);
    improve(other, { random: createRandom(seed), iterations, outOfTime });
    const state = complete(transferred(outcome.problem, other));
    if (isCheaper(state, outcome) || isOther(state, plans)) return state;
  }
  return null;
}

function isCheaper(state: State<Problem>, outcome: Outcome): boolean {
  return state.cost() < outcome.state.cost();
}

function isOther(state: State<Problem>, plans: readonly Told[]): boolean {
  const tasks = state.problem.items.flatMap((item, index) => (item.kind === "task" && !item.locked ? [index] : []));
  const starts = tasks.map((index) => state.span(index)?.start ?? null);
  return plans.every(({ placed }) => {
    const before = new Map(placed.map(({ index, start }) => [index, start]));
    const elsewhere = tasks.filter((index, position) => (before.get(index) ?? null) !== starts[position]);
    return tasks.length > 0 && elsewhere.length >= leastElsewhere * tasks.length;
  });
}

/** The cheaper plan in the place of the one before; what is known of the best plan there is holds on. */
function promoted(before: Outcome, told: Told): Outcome {
  const { lowerBound, proof } = before;
  const isOptimal = lowerBound !== null && told.state.cost() <= lowerBound;
  return { ...before, ...told, proof: isOptimal ? "optimal" : proof };
}
