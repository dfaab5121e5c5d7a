import { clockRange, isZone, type Preferences as Values } from "@beq/scheduler/contract";
import { useMemo } from "react";
import { Minutes } from "./minutes.tsx";
import type { PlannerView } from "./planner.ts";
import { Read } from "./read.tsx";
import { problemAt } from "./problems.ts";
import { Typed } from "../ui/typed.tsx";
import { Weekdays } from "./weekdays.tsx";

/** Zone, hours, lunch and breaks: what every plan keeps to. */
export function Preferences({ planner }: { planner: PlannerView }) {
  const { draft, commit, problems } = planner;
  const values = draft.preferences;
  const set = (patch: Partial<Values>) =>
    commit("Change preferences", { kind: "set", setting: { preferences: { ...values, ...patch } } });
  const zones = useMemo(() => Intl.supportedValuesOf("timeZone"), []);
  const text = (
    label: string,
    field: "work_start_time" | "work_end_time" | "lunch_time" | "avoid_scheduling_after",
  ) => (
    <Typed
      key={field}
      type="time"
      label={label}
      value={values[field].slice(0, 5)}
      problem={problemAt(problems, null, field)}
      onDone={(clock) => clock && set({ [field]: clock })}
    />
  );
  const length = (label: string, field: LengthField, most: number) => (
    <Minutes
      key={field}
      label={label}
      value={values[field]}
      least={1}
      most={most}
      problem={problemAt(problems, null, field)}
      set={(minutes) => minutes && set({ [field]: minutes })}
    />
  );
  return (
    <div className="grid grid-cols-2 gap-x-3 gap-y-2.5 px-3 pt-1 pb-3">
      <Read
        className="col-span-2"
        label="Time zone"
        list="zones"
        value={values.timezone}
        problem={problemAt(problems, null, "timezone")}
        read={(zone) => (isZone(zone) ? zone : undefined)}
        wanted="a time zone such as Europe/Berlin"
        set={(timezone) => set({ timezone })}
      />
      <datalist id="zones">
        {zones.map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </datalist>
      {text("Work starts", "work_start_time")}
      {text("Work ends", "work_end_time")}
      <Weekdays legend="Working days" days={values.work_days} set={(days) => set({ work_days: days })} />
      {text("Lunch around", "lunch_time")}
      {length("Lunch takes", "lunch_duration_minutes", 180)}
      {length("Break after", "break_frequency_minutes", 480)}
      {length("Break takes", "break_duration_minutes", 120)}
      {text("Rather nothing after", "avoid_scheduling_after")}
      {length("New tasks take", "preferred_task_duration_minutes", 480)}
      <Minutes
        label="Work a day at most"
        value={values.max_work_minutes_per_day ?? null}
        least={15}
        most={1_440}
        empties
        problem={problemAt(problems, null, "max_work_minutes_per_day")}
        set={(minutes) => set({ max_work_minutes_per_day: minutes })}
      />
      <Minutes
        label="Leave the next alone"
        value={values.freeze_minutes}
        least={0}
        most={1_440}
        problem={problemAt(problems, null, "freeze_minutes")}
        set={(minutes) => set({ freeze_minutes: minutes ?? 0 })}
      />
      <Read
        className="col-span-2"
        label="Energy peaks"
        hint="09:00-11:00, 14:00-16:00"
        value={values.energy_peak_hours.join(", ")}
        problem={problemAt(problems, null, "energy_peak_hours")}
        read={readRanges}
        wanted="a list of ranges such as 09:00-11:00"
        set={(ranges) => set({ energy_peak_hours: ranges })}
      />
    </div>
  );
}

function readRanges(typed: string): string[] | undefined {
  const ranges = typed
    .split(",")
    .map((range) => range.trim())
    .filter(Boolean);
  return ranges.every((range) => clockRange(range)) ? ranges : undefined;
}

type LengthField =
  | "lunch_duration_minutes"
  | "break_frequency_minutes"
  | "break_duration_minutes"
  | "preferred_task_duration_minutes";
