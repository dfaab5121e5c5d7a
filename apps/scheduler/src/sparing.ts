import type { Progress } from "./contract/index.ts";
import type { Listen } from "./optimize/index.ts";

const leastMilliseconds = 40;
/** What a plan is worth takes time to say: so many times as long passes before the next line. */
const rest = 10;

/**
 * Reports each phase as it begins and when it is through, and between no more than people can see: a line costs
 * everyone on its way.
 * @param clock monotonic milliseconds
 */
export function sparing(report: (progress: Progress) => void, clock: () => number): Listen {
  let last = "";
  let next = -Infinity;
  return (phase, fraction, standing) => {
    const asked = clock();
    if (phase === last && fraction < 1 && asked < next) return;
    last = phase;
    report({ type: "progress", phase, fraction, ...standing() });
    const told = clock();
    next = told + Math.max(leastMilliseconds, rest * (told - asked));
  };
}
