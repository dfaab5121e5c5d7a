import { Plus } from "lucide-react";
import { type FormEvent, type RefObject, useState } from "react";
import type { Task } from "@beq/scheduler/contract";
import { instantOf } from "@beq/scheduler/contract";
import { idGenerator } from "./files/ids.ts";
import { freshTask } from "./fresh.ts";
import type { PlannerView } from "./planner.ts";
import { readQuick } from "./quick.ts";
import { duration } from "./words.ts";

type Props = { planner: PlannerView; field: RefObject<HTMLInputElement | null> };

/** One line, Enter, next one. What is understood of the line is shown below it while it is typed. */
export function QuickAdd({ planner, field }: Props) {
  const [line, setLine] = useState("");
  const { draft, span, commit } = planner;
  const { title, patch } = readQuick(line, span.first, draft.preferences.work_end_time.slice(0, 5));
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (!title) return;
    const id = idGenerator(new Set(draft.tasks.map((task) => task.id)))();
    commit("Add task", {
      kind: "put",
      entries: [
        {
          task: {
            ...freshTask(draft.preferences.preferred_task_duration_minutes),
            ...patch,
            id,
            title: title.slice(0, 200),
          },
        },
      ],
    });
    setLine("");
  };
  return (
    <form onSubmit={add} className="border-b border-line px-3 py-2">
      <div className="flex items-center gap-2 rounded-md border border-line bg-surface px-2 focus-within:border-accent hover:border-edge">
        <Plus aria-hidden className="size-4 shrink-0 text-faint" />
        <input
          ref={field}
          aria-label="Add a task"
          aria-describedby="quick-hint"
          placeholder="Add a task, then Enter"
          maxLength={300}
          value={line}
          onChange={(event) => setLine(event.target.value)}
          className="h-9 min-w-0 flex-1 bg-transparent text-sm outline-none placeholder:text-faint"
        />
      </div>
      <p id="quick-hint" className="mt-1.5 min-h-4 truncate text-2xs text-faint">
        {line
          ? understood(title, patch, planner)
          : "Also in one line: Write report 90m !high by fri 17:00 #personal @morning"}
      </p>
    </form>
  );
}

function understood(title: string, patch: Partial<Task>, { draft, words }: PlannerView): string {
  const { deadline, preferred_time: time, priority, category } = patch;
  const minutes = patch.estimated_duration_minutes ?? draft.preferences.preferred_task_duration_minutes;
  const zone = draft.preferences.timezone;
  return [
    title || "No title yet",
    duration(minutes),
    ...(priority ? [`${priority} priority`] : []),
    ...(category ? [category] : []),
    ...(time ? [time] : []),
    ...(deadline ? [`by ${words.moment(instantOf(deadline, zone))}`] : []),
  ].join(" · ");
}
