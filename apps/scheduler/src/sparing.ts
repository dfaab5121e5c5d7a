import type { Progress } from "./contract/index.ts";

type Report = (progress: Progress) => void;

const leastMilliseconds = 40;

/**
 * Reports each phase as it begins and when it is through, and between no more than people can see: a line costs
 * everyone on its way.
 * @param clock monotonic milliseconds
 */
export function sparing(report: Report, clock: () => number): Report {
  let phase = "";
  let last = -Infinity;
  return (progress) => {
    if (progress.phase === phase && progress.fraction < 1 && clock() - last < leastMilliseconds) return;
    phase = progress.phase;
    last = clock();
    report(progress);
  };
}
