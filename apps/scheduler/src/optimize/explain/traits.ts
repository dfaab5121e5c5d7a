import { slotOf } from "../time/axis.ts";
import type { CostName } from "../problem/costs.ts";
import type { Placed } from "../problem/placed.ts";
import type { Problem } from "../problem/problem.ts";
import { chance, count, hoursName, withoutSeconds } from "../time/words.ts";

/** What people compare plans by; less is better. */
const traits = ["late_hours", "switches", "delay", "comfort", "risk", "unevenness"] as const;
type Trait = (typeof traits)[number];
type Traits = Record<Trait, number>;

/** The name of an advantage, and the sentence that says it. */
type Gain = { readonly label: string; readonly text: string };

export function traitsOf(problem: Problem, placed: readonly Placed[], confidence: number): Traits {
  const tasks = placed.filter(({ item }) => item.kind === "task");
  const cost = (...names: CostName[]) =>
    tasks.reduce((sum, { item, start }) => {
      const slot = slotOf(problem.axis, start);
      return item.rules.reduce((all, rule) => (names.includes(rule.name) ? all + rule.cost(slot) : all), sum);
    }, 0);
  return {
    late_hours: cost("late_hours", "soft_constraint"),
    switches: switchesOf(problem, tasks),
    delay: cost("delay"),
    comfort: cost("preferred_time", "energy", "focus"),
    risk: 1 - confidence,
    unevenness: unevennessOf(problem, tasks),
  };
}

function dayOf({ days }: Problem, { start }: Placed): number {
  return days.findIndex((day) => day.start <= start && start < day.end);
}

/** How often a task of a day follows one of another category. */
function switchesOf(problem: Problem, tasks: readonly Placed[]): number {
  return tasks.filter((task, index) => {
    const last = tasks[index - 1];
    if (!last || dayOf(problem, last) !== dayOf(problem, task)) return false;
    return last.item.want?.category !== task.item.want?.category;
  }).length;
}

/** Minutes of work on the fullest day. */
function unevennessOf(problem: Problem, tasks: readonly Placed[]): number {
  const loads = new Map<number, number>();
  for (const task of tasks) loads.set(dayOf(problem, task), (loads.get(dayOf(problem, task)) ?? 0) + task.item.minutes);
  return Math.max(0, ...loads.values());
}

/** What counts as a difference worth a name, by its share of what it was. */
const least = 0.02;

/** What a plan is clearly better at than another one, what it is best at by share first, each with a sentence. */
export function gains({ preferences }: Problem, here: Traits, there: Traits): Gain[] {
  const words = wordsFor(withoutSeconds(preferences.avoid_scheduling_after), here, there);
  const share = (trait: Trait) => (here[trait] - there[trait]) / Math.max(here[trait], 1e-9);
  return traits
    .filter((trait) => share(trait) > least)
    .sort((a, b) => share(b) - share(a))
    .map((trait) => words[trait]);
}

function wordsFor(late: string, here: Traits, there: Traits): Record<Trait, Gain> {
  const fewer = count(here.switches - there.switches, "change");
  return {
    late_hours: {
      label: `Less work after ${late}`,
      text: `Less work after ${late} or in time that you would rather keep free.`,
    },
    switches: {
      label: "Fewer changes between kinds of work",
      text: `${fewer} fewer from one kind of work to another.`,
    },
    delay: {
      label: "Important tasks done sooner",
      text: "Tasks are done sooner, the important ones above all.",
    },
    comfort: {
      label: "More at the hours that you prefer",
      text: "More of it in preferred times, energy peaks and focus time.",
    },
    risk: {
      label: "More likely to hold",
      text: `All deadlines are kept with a probability of ${chance(1 - there.risk)} instead of ${chance(1 - here.risk)}.`,
    },
    unevenness: {
      label: "Evener days",
      text: `The fullest day holds ${hoursName(there.unevenness)} of tasks instead of ${hoursName(here.unevenness)}.`,
    },
  };
}
