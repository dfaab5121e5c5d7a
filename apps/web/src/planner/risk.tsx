import type { DayRisk } from "@beq/scheduler/contract";
import { CircleAlert, TriangleAlert } from "lucide-react";
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

/** How full a day is and how likely it holds; nothing for a day without work. */
export function DayRiskBadge({ risk }: { risk: DayRisk }) {
  if (risk.planned_minutes === 0) return null;
  const level = riskOf(risk.p_holds);
  const Sign = level === "good" ? null : signs[level];
  return (
    <span
      title={`${duration(risk.planned_minutes)} planned, ${duration(risk.free_minutes)} of working time left; everything is done that day in ${chance(risk.p_holds)} of simulated weeks`}
      className={`inline-flex max-w-full items-center gap-1 truncate text-2xs font-normal ${looks[level]}`}
    >
      {Sign && <Sign aria-hidden className="size-2.5 shrink-0" />}
      <span className="truncate">
        {duration(risk.planned_minutes)}
        <span className="sr-only"> planned, it holds with</span>
        <span aria-hidden> · </span>
        {chance(risk.p_holds)}
      </span>
    </span>
  );
}
