import { Button } from "../ui/button.tsx";
import { improve, useActs } from "./acts.ts";
import { gapWords, points } from "./quality.ts";
import { billOf, dearest } from "./rules.ts";
import type { Shown } from "./shown.ts";

/** How good the plan is known to be, what it costs and why, and what can be done for a better one. */
export function Verdict({ shown, stale }: { shown: Shown; stale: boolean }) {
  const { ask, compare, planner } = useActs();
  const costs = dearest(billOf(shown, planner.now));
  return (
    <div className="flex flex-col gap-2">
      <p className="text-pretty">{sentences(shown)}</p>
      {costs.length > 0 && (
        <section className="text-xs">
          <h4 className="font-medium">Where its cost comes from</h4>
          <dl className="mt-0.5 grid grid-cols-[1fr_auto] gap-x-4 gap-y-0.5">
            {costs.map(({ rule, name, cost }) => (
              <div key={rule} className="col-span-2 grid grid-cols-subgrid">
                <dt className="text-muted">{name}</dt>
                <dd className="text-right tabular-nums">{points(cost)}</dd>
              </div>
            ))}
          </dl>
          <p className="mt-1 text-faint">One point is a low-priority minute of lateness.</p>
        </section>
      )}
      <div className="flex flex-wrap gap-2 border-t border-line pt-2">
        <Button size="small" disabled={stale} onClick={() => ask(improve)}>
          Improve this week
        </Button>
        <Button size="small" onClick={compare}>
          Show other plans
        </Button>
      </div>
    </div>
  );
}

function sentences(shown: Shown): string {
  const { cost, lower_bound: bound, grid_minutes: grid, time_limited: limited } = shown;
  if (cost === null) return "How good this plan is shows when it is planned again.";
  const words = gapWords(shown);
  const first = `The plan costs ${points(cost)} points; fewer are better.`;
  if (words === "Proven best")
    return `${first} No plan that starts tasks every ${grid} minutes costs less: this is proven.`;
  const second =
    words === null || bound === null
      ? "How far that is from the best is not known."
      : `None costs less than ${points(bound)} on a grid of ${grid} minutes, so it is ${words.toLowerCase()}.`;
  return `${first} ${second}${limited ? " The time ran out before the search was through." : ""}`;
}
