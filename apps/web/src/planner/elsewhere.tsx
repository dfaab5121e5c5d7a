import { type Explanation, instantOf, type ScheduledEvent } from "@beq/scheduler/contract";
import { Button } from "../ui/button.tsx";
import { useActs } from "./acts.ts";
import { pinBlock } from "./pins.ts";
import { points } from "./quality.ts";
import { dearest } from "./rules.ts";
import type { Words } from "./words.ts";

type Props = { event: ScheduledEvent; explanation: Explanation; words: Words };

/** What this place costs, what is in the way of cheaper ones, and the next best one that is free. */
export function Elsewhere({ event, explanation, words }: Props) {
  const { better, next_best: next } = explanation;
  const costs = dearest(explanation.costs);
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-2 text-xs">
      <Costs costs={costs} />
      {better.length > 0 && (
        <section>
          <h5 className="font-medium">What is in the way of a better place</h5>
          <ul className="mt-0.5 flex flex-col gap-0.5">
            {better.map(({ start_time: at, saves, ...way }) => (
              <li key={at}>
                {words.short(instantOf(at, words.zone))} would save {points(saves)}
                <span className="text-muted"> · {inTheWay(way)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {next && event.task_id !== null && <Next event={event} next={next} words={words} />}
    </div>
  );
}

const mostNamed = 3;

type Way = Pick<Explanation["better"][number], "blocked_by" | "blocked_by_more">;

function inTheWay({ blocked_by: blocks, blocked_by_more: unnamed }: Way): string {
  const named = blocks.slice(0, mostNamed).map(({ title }) => `“${title}”`);
  const more = blocks.length + unnamed - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(", ") || "taken";
}

function Costs({ costs }: { costs: ReturnType<typeof dearest> }) {
  if (costs.length === 0) return <p className="text-muted">This place breaks none of your preferences.</p>;
  return (
    <section>
      <h5 className="font-medium">What this place costs</h5>
      <dl className="mt-0.5 grid grid-cols-[1fr_auto] gap-x-4 gap-y-0.5">
        {costs.map(({ rule, name, cost }) => (
          <div key={rule} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-muted">{name}</dt>
            <dd className="text-right tabular-nums">{points(cost)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function difference(cost: number): string {
  if (cost === 0) return "costs no more";
  return cost > 0 ? `costs ${points(cost)} more` : `would save ${points(-cost)}`;
}

type NextProps = { event: ScheduledEvent; next: NonNullable<Explanation["next_best"]>; words: Words };

function Next({ event, next, words }: NextProps) {
  const { planner } = useActs();
  const start = instantOf(next.start_time, words.zone);
  const end = instantOf(next.end_time, words.zone);
  const move = () =>
    planner.commit(
      "Move task",
      pinBlock(planner.draft, planner.shown?.events ?? [], event, { start, end }),
      `"${event.title}" stays at ${words.short(start)} from now on.`,
    );
  return (
    <section>
      <h5 className="font-medium">{event.pinned ? "Its best place, were it not pinned" : "Next best place"}</h5>
      <p className="mt-0.5">
        {words.range(start, end)} <span className="text-muted">({difference(next.extra_cost)})</span>
      </p>
      {next.reason && <p className="text-pretty text-muted">{next.reason}</p>}
      <Button size="small" className="mt-1.5" onClick={move}>
        Move it there
      </Button>
    </section>
  );
}
