import { instantOf, type ScheduledEvent, type Task } from "@beq/scheduler/contract";
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { Priority } from "../ui/priority.tsx";
import { useActs } from "./acts.ts";
import { Elsewhere } from "./elsewhere.tsx";
import type { Entry } from "./entries.ts";
import { partWords } from "./placed.ts";
import { riskOf, riskWords } from "./quality.ts";
import { finishTask } from "./remove.ts";
import { occurrenceBusy } from "./request.ts";
import { WhatIf } from "./whatif.tsx";
import { chance, duration, sentence, withoutBlockers, type Words } from "./words.ts";

type Props = { entry: Entry; words: Words; edit: (taskId: string) => void };

/** Why a block stands where it stands, when it will be done, and where else it could be. */
export function Why({ entry, words, edit }: Props) {
  const { planned, task } = entry;
  const { planner } = useActs();
  const reason = planned && reasonOf(planned);
  return (
    <div className="flex flex-col gap-2">
      <div>
        <h4 className="font-semibold wrap-anywhere">{entry.title}</h4>
        <p className="text-xs text-muted">
          {when(entry, words)}
          {task?.split && planned && ` · ${partWords(planner.shown?.events ?? [], planned)}`}
        </p>
      </div>
      {reason && <p className="text-pretty">{sentence(reason)}</p>}
      <Facts entry={entry} words={words} />
      {planned?.explanation && <Elsewhere event={planned} explanation={planned.explanation} words={words} />}
      {entry.kind === "event" && <Blocking entry={entry} words={words} />}
      {task && <WhatIf task={task} />}
      {planned?.type === "task" && !task && entry.end > planner.now && <Gone block={planned} />}
      {task && (
        <div className="flex gap-2">
          <Button size="small" onClick={() => edit(task.id)}>
            Edit task
          </Button>
          {entry.start <= planner.now && <Done task={task} />}
        </div>
      )}
    </div>
  );
}

/** What is in the way of better places is told on its own, where there are such places. */
function reasonOf({ reason, explanation }: ScheduledEvent): string {
  return explanation?.better.length ? withoutBlockers(reason) : reason;
}

/** What is still planned of a task that is on no list any more can be taken out of the plan. */
function Gone({ block: { task_id: id, title } }: { block: ScheduledEvent }) {
  const { ask } = useActs();
  if (id === null) return null;
  const question = { title: `Take “${title}” out of the plan`, label: "Take out of the plan", action: null };
  return (
    <div className="flex flex-col items-start gap-2">
      <p className="text-xs text-muted">It is planned from an earlier list, and not among your tasks now.</p>
      <Button size="small" onClick={() => ask({ ...question, how: "repair", dropped: [id] })}>
        Take it out of the plan
      </Button>
    </div>
  );
}

/** What has begun may be done by now; what is not said to be is planned again. */
function Done({ task }: { task: Task }) {
  const { planner } = useActs();
  const isOpen = planner.draft.tasks.some(({ id }) => id === task.id);
  if (!isOpen || task.repeat) return null;
  return (
    <Button size="small" onClick={() => finishTask(planner, task)}>
      <Check aria-hidden className="size-3.5" />
      Done
    </Button>
  );
}

/** One occurrence of a meeting can be let go of without its series. */
function Blocking({ entry: { id, title, start, free }, words }: { entry: Entry; words: Words }) {
  const { planner } = useActs();
  if (!planner.events.some((event) => event.id === id)) return null;
  const label = free ? "Plan around this one" : "Do not plan around this one";
  const said = `“${title}”, ${words.short(start)}, ${free ? "blocks time" : "no longer blocks time"}.`;
  const change = () => planner.commit(label, occurrenceBusy(planner.draft, id, free), said);
  return (
    <Button size="small" className="self-start" onClick={change}>
      {label}
    </Button>
  );
}

function Facts({ entry, words }: { entry: Entry; words: Words }) {
  const { planned, task } = entry;
  const deadline = task?.deadline;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs empty:hidden">
      {planned?.type === "task" && planned.priority && (
        <Item name="Priority">
          <Priority level={planned.priority} /> <span aria-hidden>{planned.priority}</span>
        </Item>
      )}
      {planned?.type === "task" && planned.category && <Item name="Category">{planned.category}</Item>}
      {deadline && (
        <Item name="Done by">
          {words.moment(instantOf(deadline, words.zone))}
          {task?.deadline_is_hard ? " (fixed)" : ""}
        </Item>
      )}
      {planned?.p_on_time !== null && planned?.p_on_time !== undefined && (
        <Item name="In time">
          {chance(planned.p_on_time)} of simulated weeks, {riskWords[riskOf(planned.p_on_time)]}
        </Item>
      )}
      {planned?.eta && (
        <Item name="Finished by">
          <Eta eta={planned.eta} words={words} />
        </Item>
      )}
      {entry.kind === "event" && <Item name="Blocks time">{entry.free ? "no, shown as free" : "yes"}</Item>}
    </dl>
  );
}

function when(entry: Entry, words: Words): string {
  if (entry.allDay)
    return entry.end - entry.start > 25 * 3_600_000
      ? `${words.day(entry.start)} to ${words.day(entry.end - 1)}`
      : `${words.day(entry.start)}, all day`;
  return `${words.range(entry.start, entry.end)} · ${duration(Math.round((entry.end - entry.start) / 60_000))}`;
}

type EtaProps = { eta: NonNullable<NonNullable<Entry["planned"]>["eta"]>; words: Words };

/** When it has ended in half, four in five, and nineteen in twenty of the simulated weeks. */
function Eta({ eta, words }: EtaProps) {
  const all = [
    ["even odds", eta.p50],
    ["4 in 5", eta.p80],
    ["19 in 20", eta.p95],
  ] as const;
  // Once the days do not suffice, they do so even less for better odds.
  const rows = all.filter(([, at], index) => at || !all.slice(0, index).some(([, before]) => !before));
  return (
    <ul>
      {rows.map(([odds, at]) => (
        <li key={odds}>
          {at ? words.short(instantOf(at, words.zone)) : "not within these days"}{" "}
          <span className="text-faint">({odds})</span>
        </li>
      ))}
    </ul>
  );
}

function Item({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1.5">{children}</dd>
    </>
  );
}
