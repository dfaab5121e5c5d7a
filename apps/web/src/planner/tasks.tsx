import type { Task } from "@beq/scheduler/contract";
import { instantOf } from "@beq/scheduler/contract";
import { ChevronRight, CircleAlert, CircleSlash } from "lucide-react";
import { type KeyboardEvent, lazy, Suspense } from "react";
import { Priority } from "../ui/priority.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { nextOf } from "./placed.ts";
import type { PlannerView } from "./planner.ts";
import { riskOf } from "./quality.ts";
import { removeTask } from "./remove.ts";
import { TaskRisk } from "./risk.tsx";
import { chance, duration } from "./words.ts";

const Editor = lazy(async () => ({ default: (await import("./editor.tsx")).Editor }));

type Props = { planner: PlannerView; open: string | null; setOpen: (id: string | null) => void };

/** The tasks, one line each; a line opens into its editor. Up and Down move, Delete removes (with undo). */
export function Tasks({ planner, open, setOpen }: Props) {
  return (
    <ul aria-label="Tasks" className="flex flex-col">
      {planner.draft.tasks.map((task) => (
        <Row
          key={task.id}
          task={task}
          planner={planner}
          isOpen={open === task.id}
          toggle={() => setOpen(open === task.id ? null : task.id)}
        />
      ))}
    </ul>
  );
}

type RowProps = { task: Task; planner: PlannerView; isOpen: boolean; toggle: () => void };

function Row({ task, planner, isOpen, toggle }: RowProps) {
  const { draft, words, problems } = planner;
  const problem = problems.find((one) => one.task === task.id);
  const press = (event: KeyboardEvent) => {
    walk(event);
    if (event.key !== "Delete" && event.key !== "Backspace") return;
    event.preventDefault();
    focusNeighbour(event.currentTarget);
    removeTask(planner, task);
  };
  return (
    // Long lists: what is out of sight is not laid out.
    <li
      id={`row-${task.id}`}
      className="border-b border-line [contain-intrinsic-size:auto_3rem] [content-visibility:auto]"
    >
      <button
        type="button"
        data-row
        data-grab={task.id}
        aria-expanded={isOpen}
        onClick={toggle}
        onKeyDown={press}
        className="flex w-full items-start gap-2 px-3 py-2 text-left -outline-offset-2 hover:bg-hover aria-expanded:bg-sunken"
      >
        <span
          className={`mt-0.75 ${task.priority === "urgent" || task.priority === "high" ? "text-ink" : "text-faint"}`}
        >
          <Priority level={task.priority} />
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span className="min-w-0 flex-1 truncate text-sm">{task.title || "Untitled task"}</span>
            <Place task={task} planner={planner} />
          </span>
          <span className="flex flex-wrap gap-x-2 text-xs text-faint">
            <span>{duration(task.estimated_duration_minutes)}</span>
            {task.deadline && (
              <span>
                by {words.short(instantOf(task.deadline, draft.preferences.timezone))}
                {task.deadline_is_hard && ", fixed"}
              </span>
            )}
            <Danger task={task} planner={planner} />
            {task.category !== "work" && <span>{task.category}</span>}
            {task.dependencies.length > 0 && (
              <span>after {task.dependencies.length === 1 ? "1 task" : `${task.dependencies.length} tasks`}</span>
            )}
            {problem && (
              <span className="flex items-center gap-1 text-danger">
                <CircleAlert aria-hidden className="size-3" />
                needs a look
              </span>
            )}
          </span>
        </span>
        <ChevronRight
          aria-hidden
          className={`mt-0.75 size-3.5 shrink-0 text-faint transition-transform ${isOpen ? "rotate-90" : ""}`}
        />
      </button>
      {isOpen && (
        <Suspense fallback={<Skeleton className="h-64" />}>
          <Editor task={task} planner={planner} close={toggle} />
        </Suspense>
      )}
    </li>
  );
}

/** How likely its deadline holds, where that is not likely enough. */
function Danger({ task, planner: { shown, now } }: { task: Task; planner: PlannerView }) {
  const open = (shown?.events ?? []).filter(({ end_time: end }) => Date.parse(end) > now);
  const p = Math.min(...open.flatMap(({ task_id: id, p_on_time: p }) => (id === task.id && p !== null ? [p] : [])));
  if (!Number.isFinite(p) || riskOf(p) === "good") return null;
  return (
    <span className="flex items-center gap-1">
      <TaskRisk p={p} />
      <span aria-hidden>{chance(p)} in time</span>
    </span>
  );
}

/** Where the plan put the task. */
function Place({ task, planner: { shown, draft, words, now } }: { task: Task; planner: PlannerView }) {
  const event = shown && nextOf(shown.events, task.id, now);
  if (event)
    return (
      <span className="shrink-0 text-xs text-muted">
        <span className="sr-only">planned </span>
        {words.short(instantOf(event.start_time, draft.preferences.timezone))}
      </span>
    );
  if (!shown?.unscheduled.some(({ task_id: id }) => id === task.id)) return null;
  return (
    <span className="flex shrink-0 items-center gap-1 text-xs text-warn">
      <CircleSlash aria-hidden className="size-3" />
      not placed
    </span>
  );
}

function walk(event: KeyboardEvent): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  const at = rows.findIndex((row) => row === document.activeElement);
  if (at < 0) return;

  event.preventDefault();
  rows[at + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
}

/** Before a row leaves: the focus must not fall back to the top of the page. */
function focusNeighbour(row: Element): void {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  const at = rows.findIndex((other) => other === row);
  const next = rows[at + 1] ?? rows[at - 1] ?? document.querySelector<HTMLElement>("input[aria-label='Add a task']");
  next?.focus();
}
