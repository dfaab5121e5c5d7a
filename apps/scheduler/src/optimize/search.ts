import { construct } from "./construct.ts";
import { type Budget, improve } from "./improve.ts";
import type { Model } from "./model.ts";
import { arrange } from "./sequence/arrange.ts";
import type { Line } from "./sequence/line.ts";
import { recognizeLine } from "./sequence/recognize.ts";
import { createState, type State } from "./state.ts";

/** The best plan found, and how many of the iterations were done before time ran out. */
export type Found<M extends Model> = { readonly state: State<M>; readonly iterations: number };

/**
 * The engine: an order of jobs where the model is nothing else, otherwise priority rules and then ruin and recreate. The
 * same model, random numbers and iterations give the same plan unless `outOfTime` cuts it short.
 */
export function search<M extends Model>(model: M, budget: Budget): Found<M> {
  const line = recognizeLine(model);
  if (line) return inLine(model, line, budget);

  const state = construct(model, budget.outOfTime);
  return { state, iterations: improve(state, budget) };
}

function inLine<M extends Model>(model: M, line: Line, budget: Budget): Found<M> {
  const { jobs, iterations } = arrange(line, budget);
  const state = createState(model);
  let time = 0;
  for (const job of jobs) {
    const release = line.releases[job] ?? 0;
    const start = Math.max(time, release);
    state.put(job, start - release);
    time = start + (line.durations[job] ?? 0);
  }
  return { state, iterations };
}
