import { useMemo, useState } from "react";
import { addDays, type Day, daysFrom } from "../calendar/axis.ts";
import { useCommands } from "../shell/services.ts";
import type { PlannerView } from "./planner.ts";

export type View = "week" | "day";

/** Which days are on the screen, and the commands that change that. */
export function useDays({ draft, span, today }: PlannerView, wide: boolean) {
  const [picked, setPicked] = useState<string | null>(null);
  const [wanted, setView] = useState<View>("week");
  const view = wide ? wanted : "day";
  const isKnown = picked !== null && picked >= (span.weeks[0] ?? "") && picked < addDays(span.weeks.at(-1) ?? "", 7);
  const day = isKnown ? picked : span.begin;
  const monday = span.weeks.findLast((one) => one <= day) ?? span.weeks[0] ?? today;
  const zone = draft.preferences.timezone;
  const week = useMemo(() => daysFrom(monday, 7, zone), [monday, zone]);
  const days = useMemo<readonly Day[]>(
    () => (view === "week" ? week : week.filter(({ date }) => date === day)),
    [week, view, day],
  );
  const canStep = (by: number) => span.weeks.includes(addDays(monday, by * 7));
  const step = (by: number) => canStep(by) && setPicked(addDays(day, by * 7));
  const section = "Calendar";
  useCommands([
    { id: "next-week", title: "Show the next week", section, keys: "]", run: () => step(1) },
    { id: "last-week", title: "Show the week before", section, keys: "[", run: () => step(-1) },
    { id: "first-day", title: "Show the first planned day", section, keys: "t", run: () => setPicked(null) },
    { id: "day-view", title: "Show one day", section, keys: "d", run: () => setView("day") },
    { id: "week-view", title: "Show the whole week", section, keys: "w", run: () => setView("week") },
  ]);
  return { week, days, day, pick: setPicked, step, canStep, view, setView };
}
