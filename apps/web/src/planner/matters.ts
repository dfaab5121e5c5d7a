import type { Weights } from "@beq/scheduler/contract";

/** Weights that a person chose against the defaults, by name; absent ones are the defaults. */
export type Chosen = Readonly<Partial<Record<Tunable, number>>>;
type Tunable = Exclude<keyof Weights, "priority" | "unscheduled">;

export type Level = "less" | "normal" | "more";
export type Matter = { id: string; title: string; hint: string; weights: readonly Tunable[] };

const factors = { less: 0.25, normal: 1, more: 4 };

/** What a plan trades against each other, in the words of the person whose week it is. */
export const matters: readonly Matter[] = [
  {
    id: "deadlines",
    title: "Deadlines",
    hint: "being late, and by how much",
    weights: ["late", "tardiness_per_minute", "tardiness_per_hour_beyond_a_day"],
  },
  { id: "soon", title: "Done soon", hint: "important tasks early in the week", weights: ["delay_per_hour"] },
  { id: "times", title: "Preferred times", hint: "mornings, afternoons, evenings", weights: ["preferred_time"] },
  {
    id: "energy",
    title: "Energy and focus",
    hint: "hard work at your peaks",
    weights: ["energy", "focus", "focus_taken_per_minute"],
  },
  {
    id: "free",
    title: "Free evenings",
    hint: "nothing late, soft blocks kept free",
    weights: ["late_hours_per_minute", "soft_constraint_per_minute"],
  },
  {
    id: "calm",
    title: "Few switches",
    hint: "alike work together, no scraps of time",
    weights: ["category_switch", "fragment", "split"],
  },
  {
    id: "steady",
    title: "A steady plan",
    hint: "what was planned stays",
    weights: ["task_moved", "task_moved_per_hour"],
  },
];

/** How much it matters by the weights that were chosen. */
export function levelOf({ weights }: Matter, chosen: Chosen, defaults: Weights): Level {
  const [first] = weights;
  const value = first === undefined ? undefined : chosen[first];
  if (first === undefined || value === undefined || value === defaults[first]) return "normal";
  return value > defaults[first] ? "more" : "less";
}

/** The weights with one matter at another level. */
export function chosenWith({ weights }: Matter, level: Level, chosen: Chosen, defaults: Weights): Chosen {
  const others = Object.fromEntries(Object.entries(chosen).filter(([name]) => !weights.some((own) => own === name)));
  if (level === "normal") return others;
  return { ...others, ...Object.fromEntries(weights.map((name) => [name, defaults[name] * factors[level]])) };
}
