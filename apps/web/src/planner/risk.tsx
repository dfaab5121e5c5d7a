import type { DayRisk } from "@beq/scheduler/contract";
import { CircleAlert, TriangleAlert } from "lucide-react";
import { type Opener, Popover } from "../ui/popover.tsx";
import { riskOf, riskWords } from "./quality.ts";
import { chance, duration } from "./words.ts";

const looks = { good: "text-muted", tight: "text-warn", bad: "text-danger" };
const signs = { tight: TriangleAlert, bad: CircleAlert };

/** A sign on a block whose deadline is in danger; nothing where it is not. The shape tells how much, not the colour. */
export function TaskRisk({ p }: { p: number }) {
  const risk = riskOf(p);
  if (risk === "good") return null;
  const Sign = signs[risk];
  return (
    <span className={`flex shrink-0 items-center ${looks[risk]}`}>
      <Sign aria-hidden className="size-2.5" />
      <span className="sr-only">
        , {riskWords[risk]}, {chance(p)} in time
      </span>
    </span>
  );
}

/** How full a day is and how likely it holds, with what that means a click away; nothing for a day without work. */
export function DayRiskBadge({ risk, name }: { risk: DayRisk; name: string }) {
  if (risk.planned_minutes === 0) return null;
  return (
    <Popover label={name} renderTrigger={(opener) => <Badge risk={risk} opener={opener} />}>
      <h4 className="font-semibold">{name}</h4>
      <p className="mt-1 text-pretty">
        {duration(risk.planned_minutes)} planned, {duration(risk.free_minutes)} of working time left.
      </p>
      <p className="mt-1 text-pretty">
        In {chance(risk.p_holds)} of the simulated weeks all that is planned for this day is done on it. What is not
        goes on later and need not be late.
      </p>
    </Popover>
  );
}

function Badge({ risk, opener }: { risk: DayRisk; opener: Opener }) {
  // Work that goes on tomorrow is no missed deadline: a full day is a thing to mind, not an alarm.
  const isTight = riskOf(risk.p_holds) === "bad";
  return (
    <button
      type="button"
      {...opener}
      className={`mb-1 flex min-h-6 max-w-full flex-wrap items-center gap-x-1 rounded-sm text-left text-2xs font-normal whitespace-nowrap hover:bg-hover ${looks[isTight ? "tight" : "good"]}`}
    >
      <span>
        {duration(risk.planned_minutes)}
        <span className="sr-only"> planned, it holds with</span>
        <span aria-hidden> ·</span>
      </span>
      <span>{chance(risk.p_holds)}</span>
    </button>
  );
}
