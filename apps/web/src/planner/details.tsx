import { instantOf } from "@beq/scheduler/contract";
import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { Priority } from "../ui/priority.tsx";
import type { Entry } from "./entries.ts";
import { chance, duration, type Words } from "./words.ts";

type Props = { entry: Entry; words: Words; edit: (taskId: string) => void };

/** Why a block stands where it stands. */
export function Details({ entry, words, edit }: Props) {
  const { planned, task } = entry;
  const deadline = task?.deadline;
  return (
    <div className="flex flex-col gap-2">
      <div>
        <h4 className="font-semibold wrap-anywhere">{entry.title}</h4>
        <p className="text-xs text-muted">{when(entry, words)}</p>
      </div>
      {planned?.reason && <p className="text-pretty">{planned.reason}</p>}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs">
        {planned?.type === "task" && planned.priority && (
          <Item name="Priority">
            <Priority level={planned.priority} /> {planned.priority}
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
          <Item name="In time">{chance(planned.p_on_time)} of simulated weeks</Item>
        )}
        {entry.kind === "event" && <Item name="Blocks time">{entry.free ? "no, shown as free" : "yes"}</Item>}
        <Item name="Zone">{words.zone.replaceAll("_", " ")}</Item>
      </dl>
      {task && (
        <Button size="small" className="self-start" onClick={() => edit(task.id)}>
          Edit task
        </Button>
      )}
    </div>
  );
}

function when(entry: Entry, words: Words): string {
  if (entry.allDay)
    return entry.end - entry.start > 25 * 3_600_000
      ? `${words.day(entry.start)} to ${words.day(entry.end - 1)}`
      : `${words.day(entry.start)}, all day`;
  return `${words.range(entry.start, entry.end)} · ${duration(Math.round((entry.end - entry.start) / 60_000))}`;
}

function Item({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1.5">{children}</dd>
    </>
  );
}
