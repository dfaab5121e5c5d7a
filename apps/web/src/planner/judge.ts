import { instantOf, minuteOfDay } from "@beq/scheduler/contract";
import type { Held, How } from "../calendar/aim.ts";
import { dateIn, weekdayOf } from "../calendar/axis.ts";
import { sharing, type Stay } from "../calendar/move.ts";
import type { Entry } from "./entries.ts";
import { taskOf } from "./held.ts";
import type { World } from "./world.ts";

type Known = Pick<World, "draft" | "words" | "now" | "span" | "entries">;

/** What is to be said of a place for something held, the gravest first; `refused` where planning would not take it. */
export function judge(known: Known, held: Held, stay: Stay, how: How): { note: string; refused: boolean } {
  const { now, span, draft } = known;
  const { timezone } = draft.preferences;
  const date = dateIn(timezone, stay.start);
  if (how === "move" && stay.start < now) return { note: "In the past", refused: true };
  if (how === "move" && (date < span.first || date > span.last))
    return { note: "Outside of the planned days", refused: true };
  if (stay.end - stay.start > longest) return { note: "Longer than a day", refused: true };
  return { note: late(known, held, stay) ?? over(known, held, stay) ?? after(known, held, stay) ?? "", refused: false };
}

const longest = 24 * 60 * 60_000;

function late({ draft, words }: Known, { id }: Held, stay: Stay): string | undefined {
  const task = taskOf(draft, id);
  const { timezone } = draft.preferences;
  if (task?.deadline && instantOf(task.deadline, timezone) < stay.end)
    return `Late: due ${words.short(instantOf(task.deadline, timezone))}`;
  if (task?.earliest_start && instantOf(task.earliest_start, timezone) > stay.start)
    return `Not before ${words.short(instantOf(task.earliest_start, timezone))}`;
  return undefined;
}

/** Others would be planned around it; what stands by itself stays and shares the time. */
function over({ entries }: Known, { id }: Held, stay: Stay): string | undefined {
  const [other] = sharing(stay, entries).filter((entry) => entry.id !== id && stands(entry));
  return other && `Over “${other.title}”`;
}

function stands({ kind, planned, free, allDay }: Entry): boolean {
  if (kind === "event") return !free && !allDay;
  return kind === "task" && planned?.pinned === true;
}

/** Only on hours of one day; those over midnight are not worth a remark. */
function after({ draft }: Known, { id }: Held, stay: Stay): string | undefined {
  const { preferences } = draft;
  const { timezone, work_days: days, work_start_time, work_end_time } = preferences;
  const task = taskOf(draft, id);
  const [opens, closes] = [work_start_time, work_end_time].map(minuteOfDay);
  if (opens === undefined || closes === undefined || closes <= opens || task?.category !== "work" || task.window)
    return undefined;

  const date = dateIn(timezone, stay.start);
  const isOff = !days.some((day) => day === weekdayOf(date));
  const edge = (clock: string) => instantOf(`${date}T${clock}`, timezone);
  const isOutside = stay.start < edge(work_start_time) || stay.end > edge(work_end_time);
  return isOff || isOutside ? "Outside of your working hours" : undefined;
}
