import { instantOf, isoIn, type Task } from "@beq/scheduler/contract";
import { Check as Tick, Trash2, X } from "lucide-react";
import { useKeys } from "../shell/keys.ts";
import { Button } from "../ui/button.tsx";
import { Check, SelectField } from "../ui/field.tsx";
import { Keys } from "../ui/kbd.tsx";
import { Minutes } from "./minutes.tsx";
import { More } from "./more.tsx";
import { unlinked } from "./draft.ts";
import type { PlannerView } from "./planner.ts";
import { problemAt } from "./problems.ts";
import { finishTask, removeTask } from "./remove.ts";
import { Typed } from "../ui/typed.tsx";

type Props = { task: Task; planner: PlannerView; close: () => void };

/** All fields of one task, in place. */
export function Editor({ task, planner, close }: Props) {
  const { draft, commit, problems } = planner;
  const { timezone } = draft.preferences;
  const edit = (patch: Partial<Task>) => commit("Edit task", { kind: "edit", id: task.id, patch });
  const problem = (field: string) => problemAt(problems, task.id, field);
  const deadline = task.deadline ? isoIn(timezone, instantOf(task.deadline, timezone)).slice(0, 16) : "";
  const keys = useKeys<HTMLDivElement>((event) => {
    // A field that was typed in takes its typing back first.
    if (event.key !== "Escape" || event.defaultPrevented) return;
    document.querySelector<HTMLElement>(`#row-${CSS.escape(task.id)} [data-row]`)?.focus();
    close();
  });
  return (
    <div ref={keys} className="grid grid-cols-2 gap-x-3 gap-y-2.5 bg-sunken px-3 pt-1 pb-3">
      <Typed
        className="col-span-2"
        label="Title"
        maxLength={200}
        value={task.title}
        problem={problem("title")}
        onDone={(title) => title.trim() && edit({ title: title.trim() })}
      />
      <Minutes
        label="Takes"
        value={task.estimated_duration_minutes}
        least={1}
        most={1_440}
        problem={problem("estimated_duration_minutes")}
        set={(minutes) => minutes && edit({ estimated_duration_minutes: minutes })}
      />
      <SelectField
        label="Priority"
        value={task.priority}
        problem={problem("priority")}
        onChange={(event) => edit({ priority: priorityOf(event.target.value) })}
      >
        {priorities.map((level) => (
          <option key={level}>{level}</option>
        ))}
      </SelectField>
      <Typed
        label="Done by"
        type="datetime-local"
        value={deadline}
        problem={problem("deadline")}
        onDone={(at) => edit({ deadline: at || null })}
      />
      <SelectField
        label="Preferred time"
        value={task.preferred_time ?? "anytime"}
        problem={problem("preferred_time")}
        onChange={(event) => edit({ preferred_time: timeOf(event.target.value) })}
      >
        {times.map((time) => (
          <option key={time}>{time}</option>
        ))}
      </SelectField>
      <Typed
        label="Category"
        maxLength={100}
        value={task.category}
        problem={problem("category")}
        onDone={(category) => edit({ category: category.trim() || "work" })}
      />
      <Check
        className="self-end pb-1"
        label="Never late: rather leave it out"
        checked={task.deadline_is_hard}
        disabled={!task.deadline}
        onChange={(event) => edit({ deadline_is_hard: event.target.checked })}
      />
      <Dependencies task={task} planner={planner} edit={edit} problem={problem("dependencies")} />
      <More task={task} planner={planner} edit={edit} problem={problem} />
      <div className="col-span-2 flex items-center justify-between">
        <span className="flex gap-2">
          {!task.repeat && (
            <Button size="small" onClick={() => finishTask(planner, task)}>
              <Tick aria-hidden className="size-3.5" />
              Done
            </Button>
          )}
          <Button size="small" kind="danger" onClick={() => removeTask(planner, task)}>
            <Trash2 aria-hidden className="size-3.5" />
            Remove
          </Button>
        </span>
        <Button size="small" kind="quiet" onClick={close}>
          Close <Keys keys="escape" />
        </Button>
      </div>
    </div>
  );
}

type LinkProps = {
  task: Task;
  planner: PlannerView;
  edit: (patch: Partial<Task>) => void;
  problem: string | undefined;
};

function Dependencies({ task, planner: { draft }, edit, problem }: LinkProps) {
  const titles = new Map(draft.tasks.map(({ id, title }) => [id, title]));
  const others = draft.tasks.filter(({ id }) => id !== task.id && !task.dependencies.includes(id));
  return (
    <div className="col-span-2">
      <SelectField
        label="Only after"
        value=""
        problem={problem}
        onChange={(event) => event.target.value && edit({ dependencies: [...task.dependencies, event.target.value] })}
      >
        <option value="">Choose a task …</option>
        {others.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </SelectField>
      {task.dependencies.length > 0 && (
        <ul className="mt-1.5 flex flex-wrap gap-1">
          {task.dependencies.map((id) => (
            <li
              key={id}
              className="flex max-w-full items-center gap-0.5 rounded-sm border border-line bg-surface pl-1.5 text-xs"
            >
              <span className="truncate">{titles.get(id) ?? `${id} (unknown)`}</span>
              <button
                type="button"
                aria-label={`No longer after ${titles.get(id) ?? id}`}
                className="grid size-6 place-items-center rounded-sm text-faint hover:text-ink"
                onClick={() => edit(unlinked(task, id))}
              >
                <X aria-hidden className="size-3" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const priorities = ["low", "medium", "high", "urgent"] as const;
const times = ["anytime", "morning", "afternoon", "evening"] as const;

function priorityOf(value: string): Task["priority"] {
  return priorities.find((level) => level === value) ?? "medium";
}

function timeOf(value: string): Task["preferred_time"] {
  return times.find((time) => time === value) ?? null;
}
