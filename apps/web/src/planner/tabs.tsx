import type { Day } from "../calendar/axis.ts";
import type { Entry } from "./entries.ts";
import { plainDate } from "./words.ts";

type Props = {
  days: readonly Day[];
  day: string;
  today: string;
  pick: (date: string) => void;
  entries: readonly Entry[];
};

/** The days of a week where only one is shown. A block that is let go on one of them moves to that day. */
export function DayTabs(props: Props) {
  return (
    <nav aria-label="Day" className="grid shrink-0 grid-cols-7 border-b border-line bg-surface p-1">
      {props.days.map(({ date, start, end }) => {
        const filled = props.entries.some((entry) => entry.kind === "task" && entry.start < end && entry.end > start);
        return (
          <button
            key={date}
            type="button"
            data-tab
            data-date={date}
            aria-pressed={date === props.day}
            onClick={() => props.pick(date)}
            className="relative flex flex-col items-center rounded-md py-1 text-2xs text-muted aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
          >
            <span className="sr-only">
              {weekday(date, "long")} {plainDate(date)}
              {filled && ", has tasks"}
            </span>
            <span aria-hidden>{weekday(date, "narrow")}</span>
            <span aria-hidden className={`text-sm ${date === props.today ? "font-semibold text-accent" : ""}`}>
              {Number(date.slice(8))}
            </span>
            <span aria-hidden className={`mt-0.5 size-1 rounded-full ${filled ? "bg-accent" : ""}`} />
          </button>
        );
      })}
    </nav>
  );
}

function weekday(date: string, style: "narrow" | "long"): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: style }).format(Date.parse(date));
}
