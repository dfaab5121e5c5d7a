import { clockRange, instantOf, isoIn, type Task } from "@beq/scheduler/contract";
import { ChevronRight } from "lucide-react";
import { Check, SelectField } from "../ui/field.tsx";
import { own } from "../lib/own.ts";
import { Typed } from "../ui/typed.tsx";
import { Minutes } from "./minutes.tsx";
import type { PlannerView } from "./planner.ts";
import { Read } from "./read.tsx";
import { Weekdays } from "./weekdays.tsx";

type Props = {
  task: Task;
  planner: PlannerView;
  edit: (patch: Partial<Task>) => void;
  problem: (field: string) => string | undefined;
};

const fields = [
  "earliest_start", "window", "split", "buffer_before_minutes", "buffer_after_minutes", "repeat", "dependency_lags",
] as const; // prettier-ignore

/** What few tasks need: when it may start, pieces, repetition, and time kept free around it. */
export function More({ task, planner, edit, problem }: Props) {
  const { timezone } = planner.draft.preferences;
  const start = task.earliest_start ? isoIn(timezone, instantOf(task.earliest_start, timezone)).slice(0, 16) : "";
  const isSet = fields.some((field) => used(task, field));
  return (
    <details className="group/more col-span-2" open={isSet || fields.some((field) => problem(field)) || undefined}>
      <summary className="flex w-fit list-none items-center gap-1 rounded-sm text-xs text-muted hover:text-ink">
        <ChevronRight aria-hidden className="size-3.5 text-faint transition-transform group-open/more:rotate-90" />
        More: earliest start, pieces, repeating, time around it
      </summary>
      <div className="mt-2 grid grid-cols-2 items-start gap-x-3 gap-y-2.5">
        <Typed
          label="Not before"
          type="datetime-local"
          value={start}
          problem={problem("earliest_start")}
          onDone={(at) => edit({ earliest_start: at || null })}
        />
        <Window task={task} edit={edit} problem={problem("window")} />
        <Minutes
          label="Free before"
          value={task.buffer_before_minutes}
          least={0}
          most={480}
          problem={problem("buffer_before_minutes")}
          set={(minutes) => edit({ buffer_before_minutes: minutes ?? 0 })}
        />
        <Minutes
          label="Free after"
          value={task.buffer_after_minutes}
          least={0}
          most={480}
          problem={problem("buffer_after_minutes")}
          set={(minutes) => edit({ buffer_after_minutes: minutes ?? 0 })}
        />
        <Lags task={task} planner={planner} edit={edit} problem={problem("dependency_lags")} />
        {(!task.repeat || task.split) && <Split task={task} edit={edit} problem={problem("split")} />}
        <Repeat task={task} edit={edit} problem={problem("repeat")} />
      </div>
    </details>
  );
}

function used(task: Task, field: (typeof fields)[number]): boolean {
  const value = task[field];
  if (field === "dependency_lags") return Object.values(task.dependency_lags).some((minutes) => minutes > 0);
  return value !== null && value !== undefined && value !== 0;
}

type PartProps = { task: Task; edit: Props["edit"]; problem: string | undefined };

function Window({ task, edit, problem }: PartProps) {
  const read = (typed: string) => {
    const text = typed.replaceAll(/\s*[–-]\s*/g, "-");
    return text === "" || clockRange(text) ? text : undefined;
  };
  return (
    <Read
      label="Only between"
      hint="07:00-09:00"
      value={task.window ?? ""}
      problem={problem}
      read={read}
      wanted="a range such as 07:00-09:00"
      set={(text) => edit({ window: text || null })}
    />
  );
}

function Lags({ task, planner: { draft }, edit, problem }: PartProps & { planner: PlannerView }) {
  const titles = new Map(draft.tasks.map(({ id, title }) => [id, title]));
  return task.dependencies.map((id) => (
    <Minutes
      key={id}
      className="col-span-2"
      label={`Pause after “${titles.get(id) ?? id}”`}
      value={own(task.dependency_lags, id) ?? 0}
      least={0}
      most={1_440}
      problem={problem}
      set={(minutes) => edit({ dependency_lags: { ...task.dependency_lags, [id]: minutes ?? 0 } })}
    />
  ));
}

const piece = { least: 5, most: 1_440 };

function Split({ task, edit, problem }: PartProps) {
  const { split } = task;
  const set = (patch: Partial<NonNullable<Task["split"]>>) => split && edit({ split: { ...split, ...patch } });
  const longest = Math.max(30, Math.min(120, task.estimated_duration_minutes));
  return (
    <fieldset className="col-span-2 grid grid-cols-3 items-start gap-x-3 gap-y-2">
      <Check
        className="col-span-3"
        label="May be done in pieces"
        checked={Boolean(split)}
        onChange={({ target }) => edit({ split: target.checked ? { min_minutes: 30, max_minutes: longest } : null })}
      />
      {split && (
        <>
          <Minutes
            label="Shortest"
            value={split.min_minutes}
            {...piece}
            problem={problem}
            set={(minutes) => minutes && set({ min_minutes: minutes })}
          />
          <Minutes
            label="Longest"
            value={split.max_minutes}
            {...piece}
            set={(minutes) => minutes && set({ max_minutes: minutes })}
          />
          <Minutes
            label="A day at most"
            value={split.max_minutes_per_day ?? null}
            {...piece}
            empties
            set={(minutes) => set({ max_minutes_per_day: minutes })}
          />
        </>
      )}
    </fieldset>
  );
}

function Repeat({ task, edit, problem }: PartProps) {
  const { repeat } = task;
  const kind = !repeat ? "no" : "days" in repeat ? "days" : "times";
  const choose = (chosen: string) => {
    // Each time of a habit is done in one.
    if (chosen === "days") edit({ repeat: { days: ["mon", "wed", "fri"] }, split: null });
    else if (chosen === "times") edit({ repeat: { times_per_week: 3 }, split: null });
    else edit({ repeat: null });
  };
  return (
    <div className="col-span-2 grid grid-cols-2 items-start gap-x-3 gap-y-2">
      <SelectField
        label="Repeats"
        value={kind}
        problem={problem}
        onChange={({ target }) => choose(target.value)}
        className={kind === "times" ? "" : "col-span-2"}
      >
        <option value="no">not at all</option>
        <option value="days">on these days</option>
        <option value="times">some times a week</option>
      </SelectField>
      {repeat && "days" in repeat && (
        <Weekdays
          legend="On these days"
          days={repeat.days}
          set={(days) => days.length > 0 && edit({ repeat: { days } })}
        />
      )}
      {repeat && "times_per_week" in repeat && (
        <SelectField
          label="Times a week"
          value={String(repeat.times_per_week)}
          onChange={({ target }) => edit({ repeat: { times_per_week: Number(target.value) } })}
        >
          {[1, 2, 3, 4, 5, 6, 7].map((times) => (
            <option key={times}>{times}</option>
          ))}
        </SelectField>
      )}
    </div>
  );
}
