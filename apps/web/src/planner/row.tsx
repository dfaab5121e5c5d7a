import { instantOf, type Task } from "@beq/scheduler/contract";
import { ChevronRight, CircleAlert, CircleSlash } from "lucide-react";
import { type KeyboardEvent, memo, type ReactNode } from "react";
import { Priority } from "../ui/priority.tsx";
import { riskOf } from "./quality.ts";
import { TaskRisk } from "./risk.tsx";
import { chance, duration, type Words } from "./words.ts";

type Props = {
  task: Task;
  words: Words;
  /** When its next block starts, where it has one. */
  start: string | undefined;
  isLeft: boolean;
  p: number;
  isWrong: boolean;
  isOpen: boolean;
  setOpen: (id: string | null) => void;
  remove: (task: Task) => void;
  children: ReactNode;
};

/** A task in one line. It is given only what it shows: a change of the plan draws the lines again that it changes. */
export const Row = memo(function Row(props: Props) {
  const { task, words, start, isLeft, p, isWrong, isOpen, setOpen, remove, children } = props;
  const press = (event: KeyboardEvent) => {
    walk(event);
    if (event.key !== "Delete" && event.key !== "Backspace") return;
    event.preventDefault();
    focusNeighbour(event.currentTarget);
    remove(task);
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
        onClick={() => setOpen(isOpen ? null : task.id)}
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
            <Place start={start} isLeft={isLeft} words={words} />
          </span>
          <span className="flex flex-wrap gap-x-2 text-xs text-faint">
            <span>{duration(task.estimated_duration_minutes)}</span>
            {task.deadline && (
              <span>
                by {words.short(instantOf(task.deadline, words.zone))}
                {task.deadline_is_hard && ", fixed"}
              </span>
            )}
            <Danger p={p} />
            {task.category !== "work" && <span>{task.category}</span>}
            {task.dependencies.length > 0 && (
              <span>after {task.dependencies.length === 1 ? "1 task" : `${task.dependencies.length} tasks`}</span>
            )}
            {isWrong && (
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
      {children}
    </li>
  );
});

/** How likely its deadline holds, where that is not likely enough. */
function Danger({ p }: { p: number }) {
  if (!Number.isFinite(p) || riskOf(p) === "good") return null;
  return (
    <span className="flex items-center gap-1">
      <TaskRisk p={p} />
      <span aria-hidden>{chance(p)} in time</span>
    </span>
  );
}

/** Where the plan put the task. */
function Place({ start, isLeft, words }: Pick<Props, "start" | "isLeft" | "words">) {
  if (start !== undefined)
    return (
      <span className="shrink-0 text-xs text-muted">
        <span className="sr-only">planned </span>
        {words.short(instantOf(start, words.zone))}
      </span>
    );
  if (!isLeft) return null;
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
