import { endangered } from "./differences.ts";
import type { Shown } from "./shown.ts";
import { chance } from "./words.ts";

type Props = { shown: Shown; confidence: number; now: number };

/** What the chance that every deadline holds means, and which deadlines are least safe. */
export function Confidence({ shown, confidence, now }: Props) {
  return (
    <>
      <p className="text-pretty">
        The week was played through some two thousand times with tasks that take shorter or longer than estimated, as
        tasks do. In {chance(confidence)} of those weeks every placed task was done by its deadline.
      </p>
      <Endangered shown={shown} now={now} />
      {shown.unscheduled.length > 0 && (
        <p className="mt-2 text-muted">
          Tasks without a place are not counted here; they are listed below the calendar.
        </p>
      )}
    </>
  );
}

const mostEndangered = 5;

/** The deadlines that are least safe: where to look first. */
function Endangered({ shown: { events }, now }: Pick<Props, "shown" | "now">) {
  const least = endangered(events, now).slice(0, mostEndangered);
  if (least.length === 0) return null;
  return (
    <section className="mt-2 text-xs">
      <h4 className="font-medium">Least safe</h4>
      <dl className="mt-0.5 grid grid-cols-[1fr_auto] gap-x-4 gap-y-0.5">
        {least.map(({ taskId, title, p }) => (
          <div key={taskId} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-muted wrap-anywhere">{title}</dt>
            <dd className="text-right tabular-nums">{chance(p)} in time</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
