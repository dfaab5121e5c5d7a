import { Typed } from "../ui/typed.tsx";
import type { PlannerView } from "./planner.ts";
import { problemAt } from "./problems.ts";
import { Read } from "./read.tsx";
import { readWhole } from "./whole.ts";

/** First day and number of days. */
export function Horizon({ planner }: { planner: PlannerView }) {
  const { draft, commit, problems } = planner;
  return (
    <div className="grid grid-cols-2 gap-x-3 px-3 pt-1 pb-3">
      <Typed
        type="date"
        label="First day"
        hint="empty: now"
        value={draft.planning_start?.slice(0, 10) ?? ""}
        problem={problemAt(problems, null, "planning_start")}
        onDone={(date) => commit("Change first day", { kind: "set", setting: { planning_start: date || null } })}
      />
      <Read
        type="number"
        min={1}
        max={90}
        label="Days"
        hint="1–90"
        value={String(draft.planning_horizon_days)}
        problem={problemAt(problems, null, "planning_horizon_days")}
        read={(typed) => readWhole(typed, 90)}
        wanted="a number of 1 to 90"
        set={(days) => commit("Change days", { kind: "set", setting: { planning_horizon_days: days } })}
      />
    </div>
  );
}
