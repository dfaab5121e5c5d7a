import { createRandom, search } from "@beq/scheduler/optimize";
import { modelOf } from "./model.mjs";

// The step that is under way when time is over goes on to its end.
const margin = 0.92;

/** One instance: what the engine finds within so many milliseconds of CPU time, building its model included. */
export function solve(instance, { budget_ms: budget, seed, prove }) {
  const start = process.cpuUsage();
  const spent = () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  const { state, lowerBound, proof } = search(modelOf(instance), {
    random: createRandom(seed),
    iterations: Number.MAX_SAFE_INTEGER,
    outOfTime: () => spent() >= margin * budget,
    prove,
  });
  const cost = state.cost();
  const { id, optimum } = instance;
  return {
    id,
    cost,
    optimum,
    gap: gapOf(cost, optimum),
    bound: lowerBound,
    proof,
    cpu_ms: Math.round(spent() * 10) / 10,
  };
}

/** Share by which a cost is above the optimum; null where that is unknown, or is 0 and was missed. */
function gapOf(cost, optimum) {
  if (optimum === null) return null;
  if (cost === optimum) return 0;
  return optimum === 0 ? null : (cost - optimum) / optimum;
}
