import { createRandom, search } from "@beq/scheduler/optimize";
import { searchShare } from "@beq/scheduler/prove";
import { modelOf } from "./model.mjs";

// The step that is under way when time is over goes on to its end.
const margin = 0.92;

/**
 * One instance: what the engine finds within so many milliseconds, building its model included. They are CPU time
 * without a prover. With one they are wall time: first the search, then the prover, except for jobs in a line, which
 * the search proves itself.
 */
export async function solve(instance, { budget_ms: budget, seed, prove }, prover) {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const spent = () => (prover ? performance.now() - started : cpuSince(cpu));
  const until = (share) => sometimes(() => spent() >= share * budget);
  const model = modelOf(instance);
  const found = search(model, {
    random: createRandom(seed),
    iterations: Number.MAX_SAFE_INTEGER,
    outOfTime: until(prover && !instance.jobs ? searchShare(model.items.length) : margin),
    prove,
  });
  const { id, optimum } = instance;
  const best =
    prover && !instance.jobs
      ? await proven(model, found, prover, margin * budget - spent(), until(margin))
      : told(found);
  return {
    id,
    cost: best.cost,
    optimum,
    gap: gapOf(best.cost, optimum),
    bound: best.bound,
    proof: best.proof,
    cpu_ms: Math.round(cpuSince(cpu) * 10) / 10,
    wall_ms: Math.round(performance.now() - started),
  };
}

// Reading the CPU time asks the system each time, which takes longer than many a step of the search.
const lookMilliseconds = 0.5;

function sometimes(look) {
  let next = 0;
  let isOver = false;
  return () => {
    const now = performance.now();
    if (now < next) return isOver;
    next = now + lookMilliseconds;
    isOver = look();
    return isOver;
  };
}

function cpuSince(start) {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function told({ state, lowerBound, proof }) {
  return { cost: state.cost(), bound: lowerBound, proof };
}

/** The better of both plans and of both bounds. */
async function proven(model, found, prover, milliseconds, outOfTime) {
  if (found.proof === "optimal") return told(found);
  const { state, lowerBound: searched } = found;
  const { lowerBound, choices } = await prover(model, state.choices(), { milliseconds, outOfTime });
  const bound = Math.max(lowerBound, searched ?? -Infinity);
  const cost = choices ? costOf(model, choices) : state.cost();
  return { cost, bound: Number.isFinite(bound) ? bound : null, proof: bound >= cost ? "optimal" : "bounded" };
}

function costOf({ items }, choices) {
  return items.reduce(
    (sum, { costs, unplaced }, index) => sum + (choices[index] < 0 ? unplaced : costs[choices[index]]),
    0,
  );
}

/** Share by which a cost is above the optimum; null where that is unknown, or is 0 and was missed. */
function gapOf(cost, optimum) {
  if (optimum === null) return null;
  if (cost === optimum) return 0;
  return optimum === 0 ? null : (cost - optimum) / optimum;
}
