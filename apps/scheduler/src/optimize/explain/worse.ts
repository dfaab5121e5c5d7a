import { slotOf } from "../time/axis.ts";
import type { CostName, CostRule } from "../problem/costs.ts";
import { isDemanding } from "../problem/demand.ts";
import type { Item } from "../problem/item.ts";
import type { Bill } from "./bill.ts";
import type { Problem } from "../problem/problem.ts";
import { minutes, type Span } from "../time/spans.ts";
import type { World } from "./world.ts";
import { capital, lengthName, withoutSeconds } from "../time/words.ts";

type Place = Span & { readonly bill: Bill };

/** So many reasons are given, those that cost the most. */
const mostReasons = 2;

/** Why one place is worse than another, in a sentence. */
export function worse(world: World, item: Item, here: Place, there: Place): string {
  const grown = [...there.bill]
    .map(([name, cost]) => ({ name, more: cost - (here.bill.get(name) ?? 0) }))
    .filter(({ more }) => more > 0)
    .sort((a, b) => b.more - a.more)
    .slice(0, mostReasons);
  const said = grown.flatMap(({ name }) => words(world, item, here, there)[name] ?? []);
  return said.length > 0 ? sentence(said) : "It is as good a place as this one.";
}

/** What a place has that another one had not, in a sentence; null where it is no better by any rule. */
export function gainOf(problem: Problem, item: Item, before: Span, here: Span): string | null {
  const cost = (span: Span, rule: CostRule) => rule.cost(slotOf(problem.axis, span.start));
  const saved = item.rules
    .filter(({ name }) => name !== "moved")
    .map((rule) => ({ name: rule.name, less: cost(before, rule) - cost(here, rule) }))
    .filter(({ less }) => less > 0)
    .sort((a, b) => b.less - a.less)
    .slice(0, mostReasons);
  const due = item.want?.deadline ?? here.end;
  const words: Partial<Record<CostName, string>> = {
    deadline: here.end <= due ? "it is done before its deadline" : "it is less late",
    // It may take longer by now: there it would end later too.
    delay: `it is done ${lengthName(minutes({ start: here.start, end: before.start }))} sooner`,
    preferred_time: `more of it is in the preferred ${item.want?.preferred ?? "time"}`,
    energy: "more of it is in your energy peak",
    focus: "it leaves focus time to demanding tasks, or has it",
    late_hours: `less of it is after ${withoutSeconds(problem.preferences.avoid_scheduling_after)}`,
    soft_constraint: "it leaves time free that you would rather keep",
    fragment: "it leaves no gap that is too short to use",
  };
  const said = saved.flatMap(({ name }) => words[name] ?? []);
  return said.length > 0 ? sentence(said) : null;
}

function sentence(reasons: readonly string[]): string {
  return `${capital(reasons.join(", and "))}.`;
}

function words({ problem: { preferences } }: World, { want }: Item, here: Place, there: Place): Record<string, string> {
  const due = want?.deadline ?? there.end;
  return {
    deadline: `it would finish ${lengthName(minutes({ start: due, end: there.end }))} after its deadline`,
    delay: `it would be done ${lengthName(minutes({ start: here.end, end: there.end }))} later`,
    preferred_time: `less of it would be in the preferred ${want?.preferred ?? "time"}`,
    energy: "less of it would be in your energy peak",
    focus: want && isDemanding(want) ? "less of it would be in focus time" : "it would take focus time",
    late_hours: `more of it would be after ${withoutSeconds(preferences.avoid_scheduling_after)}`,
    soft_constraint: "it would take time that you would rather keep free",
    fragment: "it would leave a gap too short to use",
    split: "it would be in more pieces",
    moved: "it would stand away from where it stood before",
    category_switch: "the day would change more often between kinds of work",
    balance: "it would fall on a fuller day",
  };
}
