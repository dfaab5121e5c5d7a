import type { Problem } from "../problem/problem.ts";
import { placedItems } from "../problem/placed.ts";
import type { State } from "../search/state.ts";
import { coarse, simulate } from "./confidence.ts";
import { createOverrun } from "./history.ts";
import { createPrior } from "./prior.ts";
import { stepsOf } from "./steps.ts";

type Likely = {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly seed: number;
  /** Called every few milliseconds; what it throws ends the work. */
  readonly heed: () => void;
};

/** Says of one plan after another about how likely each is to hold, under the same luck. */
export function createLikely({ demand }: Problem, { now, seed, heed }: Likely): (state: State<Problem>) => number {
  // Made once it is needed: it reads the person's whole history.
  let overrun: ReturnType<typeof createOverrun> | undefined;
  return (state) => {
    overrun ??= createOverrun(demand.actuals, createPrior());
    const steps = stepsOf(state.problem, placedItems(state), now);
    return simulate(steps, { seed, overrun, draws: coarse, heed }).score;
  };
}
