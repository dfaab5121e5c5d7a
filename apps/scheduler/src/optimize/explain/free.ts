import type { Explanation } from "../../contract/index.ts";
import { priceOf } from "./bill.ts";
import { timesOf } from "./events.ts";
import { spanFrom } from "../problem/item.ts";
import type { Placed } from "../problem/placed.ts";
import { createProblem, type Problem } from "../problem/problem.ts";
import { at } from "../time/spans.ts";
import { nowhere, type State } from "../search/state.ts";
import { transferred } from "./transfer.ts";
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

  const extra = priceOf(other, index, choice) - cost;
  if (extra >= 0) return null;
  const { axis, calendar, items } = other.problem;
  const item = at(items, index);
  const there = spanFrom(item, axis, (item.starts[choice] ?? 0) + item.lead);
  const reason = gainOf(other.problem, item, here, there) ?? "";
  return { ...timesOf(calendar.zone, there), extra_cost: extra, reason };
}

/** The same plan where nobody put that task anywhere; it is not placed in it. */
function freed(state: State<Problem>, index: number): State<Problem> | null {
  const { demand, patterns, site, items } = state.problem;
  const { want } = at(items, index);
  if (!want || !demand.wants.includes(want)) return null;

  const free = { ...want, locked: false, home: null, split: null };
  const wants = demand.wants.map((other) => (other === want ? free : other));
  return transferred(createProblem({ ...demand, wants }, patterns, site), state, index);
}
