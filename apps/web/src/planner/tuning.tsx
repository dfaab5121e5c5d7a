import "../lib/strict.ts";
import { Weights } from "@beq/scheduler/contract";
import { SelectField } from "../ui/field.tsx";
import { chosenWith, type Level, levelOf, matters } from "./matters.ts";
import type { PlannerView } from "./planner.ts";
import { problemAt } from "./problems.ts";

const defaults = Weights.parse({});
const levels: Record<Level, string> = { less: "less", normal: "as usual", more: "more" };

/** What the plan gives way to when it can't have everything. */
export function Tuning({ planner }: { planner: PlannerView }) {
  const { draft, commit, problems } = planner;
  const chosen = draft.weights ?? {};
  return (
    <div className="grid grid-cols-2 gap-x-3 gap-y-2.5 px-3 pt-1 pb-3">
      {matters.map((matter) => (
        <SelectField
          key={matter.id}
          label={matter.title}
          value={levelOf(matter, chosen, defaults)}
          title={matter.hint}
          problem={problemAt(problems, null, "weights")}
          onChange={({ target }) =>
            commit("Change what matters", {
              kind: "set",
              setting: { weights: chosenWith(matter, levelIn(target.value), chosen, defaults) },
            })
          }
        >
          {Object.entries(levels).map(([level, name]) => (
            <option key={level} value={level}>
              {name}
            </option>
          ))}
        </SelectField>
      ))}
    </div>
  );
}

function levelIn(value: string): Level {
  return value === "less" || value === "more" ? value : "normal";
}
