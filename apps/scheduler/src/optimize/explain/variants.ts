import type { AlternativePlan } from "../../contract/index.ts";
import { timeOf } from "../time/axis.ts";
import type { CostName } from "../problem/costs.ts";
import type { Placed } from "./events.ts";
import { improve } from "../search/improve.ts";
import type { Item } from "../problem/item.ts";
import { ranked } from "../search/model.ts";
import type { Outcome, Search } from "../outcome.ts";
import type { Problem } from "../problem/problem.ts";
import { createRandom } from "../search/random.ts";
import { at, minuteMs, minutes, overlaps, type Span } from "../time/spans.ts";
import { atHome, createState, nowhere, type State } from "../search/state.ts";
import { tell, type Told } from "./tell.ts";
import { gains, traitsOf } from "./traits.ts";
import { complete } from "../pieces/whole.ts";
import { momentName } from "../time/words.ts";

/** A way to look at the same problem: some rules count more, and days are evened out or kinds of work kept together. */
type Lens = {
  readonly factors: Partial<Record<CostName, number>>;
  /** Changes of category count so many times. */
  readonly switching?: number;
  /** What hours of a day, squared, cost. */
  readonly balance?: number;
  /** So many minutes between a task's end and its deadline are aimed at. */
  readonly slack?: number;
};

const lenses: readonly Lens[] = [
  { factors: { late_hours: 6, soft_constraint: 4 } },
  { factors: {}, switching: 8 },
  { factors: { deadline: 2 }, slack: 480 },
  { factors: { delay: 8 } },
  { factors: {}, balance: 60 },
  { factors: { energy: 5, preferred_time: 5, focus: 5 } },
];

/** What it costs to stand where the task stands in a plan that is there already: more at each attempt. */
const penalties = [30, 120, 480];

/** So many of the placed tasks stand elsewhere, or it is no other plan. */
const leastElsewhere = 0.2;

/** A plan and others beside it. */
type Beside = { readonly outcome: Outcome; readonly alternatives: AlternativePlan[] };

/** The plan gives way to a cheaper one that is found beside it so many times. */
const mostRounds = 3;

/**
 * Plans for the same tasks that are really different: no worse in what they leave out, a fifth of the tasks elsewhere
 * than in any plan before, and better at something that a person can name. Each is searched for with a part of the
 * iterations, through one {@link Lens} after the other and with a price on the places of the plans before. One that
 * costs less than the plan itself takes its place.
 */
export function variants(outcome: Outcome, wanted: number, search: Search): Beside {
  let best = outcome;
  for (let round = 1; ; round += 1) {
    const { cheaper, alternatives } = look(best, wanted, search);
    if (!cheaper || round === mostRounds) return { outcome: best, alternatives };
    best = promoted(best, cheaper);
  }
}

/** The alternatives to a plan, as far as the first that costs less. */
function look(
  outcome: Outcome,
  wanted: number,
  search: Search,
): { cheaper: Told | null; alternatives: AlternativePlan[] } {
  const plans: Told[] = [outcome];
  const alternatives: AlternativePlan[] = [];
  const iterations = Math.max(1, Math.floor(search.iterations / lenses.length));
  for (const [number, lens] of lenses.entries())
    for (const penalty of penalties) {
      if (alternatives.length >= wanted || search.outOfTime()) return { cheaper: null, alternatives };
      const seen = refracted(outcome.problem, lens, plans, penalty);
      const budget = { random: createRandom(search.seed + number + 1), iterations, outOfTime: search.outOfTime };
      // From the plan that there is: what has a place in it keeps one.
      const other = transferred(seen, outcome.state);
      improve(other, budget);
      const state = complete(transferred(outcome.problem, other));
      if (state.cost() < outcome.state.cost())
        return { cheaper: tell(outcome.problem, state, search, []), alternatives };
      if (!isOther(state, plans)) continue;
      const told = tell(outcome.problem, state, search, []);
      const plan = described(outcome, told, alternatives);
      if (!plan || told.unscheduled.length > outcome.unscheduled.length) break;
      plans.push(told);
      alternatives.push(plan);
      break;
    }
  return { cheaper: null, alternatives };
}

function promoted(before: Outcome, told: Told): Outcome {
  const { lowerBound, proof, isCut, warnings } = before;
  const isOptimal = lowerBound !== null && told.state.cost() <= lowerBound;
  // That time ended the search is said last.
  const cut = isCut ? warnings.slice(-1) : [];
  return { ...told, warnings: [...told.warnings, ...cut], lowerBound, isCut, proof: isOptimal ? "optimal" : proof };
}

/** The problem with other prices. */
function refracted(problem: Problem, lens: Lens, plans: readonly Told[], penalty: number): Problem {
  const places = plans.map(({ placed }) => new Map(placed.map((each) => [each.index, each] as const)));
  return {
    ...problem,
    switching: problem.switching * (lens.switching ?? 1),
    balance: lens.balance ?? problem.balance,
    items: problem.items.map((item, index) => {
      if (item.kind !== "task" || item.locked) return item;
      const taken = places.flatMap((each) => each.get(index) ?? []);
      return { ...item, ...ranked([...item.starts], (slot) => priceOf(problem, item, slot, lens, taken, penalty)) };
    }),
  };
}

function priceOf(
  { axis }: Problem,
  item: Item,
  slot: number,
  lens: Lens,
  taken: readonly Span[],
  penalty: number,
): number {
  const start = timeOf(axis, slot + item.lead);
  const span = { start, end: start + item.minutes * minuteMs };
  const rules = item.rules.reduce((sum, { name, cost }) => sum + (lens.factors[name] ?? 1) * cost(slot + item.lead), 0);
  const left = Number.isFinite(item.due) ? minutes({ start: span.end, end: item.due }) : Infinity;
  const hurry = lens.slack === undefined ? 0 : item.weight * Math.max(0, lens.slack - Math.max(0, left));
  return Math.round(rules + hurry + penalty * taken.filter((each) => overlaps(each, span)).length);
}

/** The same plan by the prices of another problem. */
function transferred(problem: Problem, from: State<Problem>): State<Problem> {
  const state = createState(problem);
  problem.items.forEach((item, index) => {
    const choice = from.choice(index);
    if (choice === nowhere) return;
    const start = at(from.problem.items, index).starts[choice];
    state.put(index, choice === atHome ? atHome : item.starts.indexOf(start ?? -1));
  });
  return state;
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

/** With its name and what is different in it, or null where it has no advantage. */
function described(
  { problem, placed, confidence }: Outcome,
  told: Told,
  found: readonly AlternativePlan[],
): AlternativePlan | null {
  const here = traitsOf(problem, placed, confidence);
  const better = gains(problem, here, traitsOf(problem, told.placed, told.confidence));
  const fresh = better.filter(({ label }) => found.every((plan) => plan.label !== label));
  const [first] = [...fresh, ...better];
  if (!first) return null;
  return {
    label: first.label,
    cost: told.state.cost(),
    confidence_score: told.confidence,
    scheduled_events: told.events.filter(({ type, pinned }) => type !== "task" || !pinned),
    unscheduled_tasks: [...new Set(told.unscheduled.map(({ task_id: id }) => id))],
    differences: [...better.map(({ text }) => text), ...moves(problem, placed, told.placed)],
  };
}

/** Where tasks stand in the one plan and in the other. */
function moves({ calendar: { zone } }: Problem, here: readonly Placed[], there: readonly Placed[]): string[] {
  const before = new Map(here.map(({ index, start }) => [index, start]));
  return there.flatMap(({ item, index, start }) => {
    const was = before.get(index);
    if (item.kind !== "task" || was === start) return [];
    return [
      `'${item.title}' ${momentName(zone, start)}${was === undefined ? "" : ` instead of ${momentName(zone, was)}`}.`,
    ];
  });
}
