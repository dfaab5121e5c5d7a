import { type Explanation, isoIn } from "../../contract/index.ts";
import { timeOf } from "../time/axis.ts";
import type { Placed } from "./events.ts";
import { createProblem, type Problem } from "../problem/problem.ts";
import { at, minuteMs, type Span } from "../time/spans.ts";
import { createState, nowhere, type State } from "../search/state.ts";
import { gainOf } from "./worse.ts";

/**
 * The cheapest place that a task which was put by hand would have, were it free, while all else stays; null where that
 * is no cheaper than its own, or where there is none.
 * @param cost what it costs where it is
 */
export function bestIfFree(state: State<Problem>, { index, ...here }: Placed, cost: number): Explanation["next_best"] {
  const other = freed(state, index);
  const choice = other ? other.best(index) : nowhere;
  if (!other || choice === nowhere) return null;

  const { axis, calendar, items } = other.problem;
  const item = at(items, index);
  const extra = other.costAt(index, choice) + other.added(index, choice) - cost;
  if (extra >= 0) return null;
  const start = timeOf(axis, (item.starts[choice] ?? 0) + item.lead);
  const there: Span = { start, end: start + item.minutes * minuteMs };
  return {
    start_time: isoIn(calendar.zone, there.start),
    end_time: isoIn(calendar.zone, there.end),
    extra_cost: extra,
    reason: gainOf(other.problem, item, here, there) ?? "",
  };
}

/** The same plan where nobody put that task anywhere; it is not placed in it. */
function freed(state: State<Problem>, index: number): State<Problem> | null {
  const { demand, patterns, site, items } = state.problem;
  const { want } = at(items, index);
  if (!want || !demand.wants.includes(want)) return null;

  const free = { ...want, locked: false, home: null, split: null };
  const wants = demand.wants.map((other) => (other === want ? free : other));
  const other = createState(createProblem({ ...demand, wants }, patterns, site));
  items.forEach(({ starts }, each) => {
    const choice = state.choice(each);
    if (each === index || choice === nowhere) return;
    const start = starts[choice];
    other.put(each, start === undefined ? choice : at(other.problem.items, each).starts.indexOf(start));
  });
  return other;
}
