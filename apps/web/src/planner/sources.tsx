import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Check } from "../ui/field.tsx";
import type { Draft } from "./draft.ts";
import type { CalendarEvent } from "./files/ics.ts";
import type { PlannerView } from "./planner.ts";
import { isBusy, isSeriesBusy, seriesBusy } from "./request.ts";

/** What the week is planned around: calendars, single events and constraints, each with a way to take it out. */
export function Sources({ planner }: { planner: PlannerView }) {
  const { draft, expanded, commit } = planner;
  const calendars = draft.calendars.map((file) => ({
    file,
    events: expanded.find((one) => one.file.id === file.id)?.events,
  }));
  return (
    <>
      {calendars.map(({ file, events }) => (
        <Source
          key={file.id}
          name={file.name}
          note={events ? `${events.length} ${events.length === 1 ? "event" : "events"}` : "reading …"}
          remove={() =>
            commit(
              "Remove calendar",
              { kind: "set", setting: { calendars: draft.calendars.filter((other) => other !== file) } },
              `${file.name} removed.`,
            )
          }
        >
          {events && <Series events={events} planner={planner} />}
        </Source>
      ))}
      {draft.events.length > 0 && (
        <Source
          name="Single events"
          note={String(draft.events.length)}
          remove={() => commit("Remove events", { kind: "set", setting: { events: [] } }, "Single events removed.")}
        />
      )}
      {draft.constraints.length > 0 && (
        <Source
          name="Constraints"
          note={String(draft.constraints.length)}
          remove={() =>
            commit("Remove constraints", { kind: "set", setting: { constraints: [] } }, "Constraints removed.")
          }
        >
          <ul className="flex flex-col gap-1 px-3 pb-2 text-xs text-muted">
            {draft.constraints.map(({ description, type, is_hard_constraint: hard }) => (
              <li key={`${type} ${description}`}>
                {description}{" "}
                <span className="text-faint">
                  ({type.replace("_", " ")}, {hard ? "always" : "if possible"})
                </span>
              </li>
            ))}
          </ul>
        </Source>
      )}
    </>
  );
}

function Source(props: { name: string; note: string; remove: () => void; children?: ReactNode }) {
  return (
    <div className="flex items-start border-b border-line">
      <details className="min-w-0 flex-1" open={props.children ? undefined : false}>
        <summary className="flex items-center gap-2 px-3 py-2 text-sm -outline-offset-2 hover:bg-hover">
          <span className="min-w-0 flex-1 truncate">{props.name}</span>
          <span className="shrink-0 text-xs text-faint">{props.note}</span>
        </summary>
        {props.children}
      </details>
      <button
        type="button"
        aria-label={`Remove ${props.name}`}
        className="m-1.5 grid size-6 place-items-center rounded-sm text-faint hover:bg-hover hover:text-ink"
        onClick={props.remove}
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </div>
  );
}

/** One line a meeting, however often it recurs: does it block time? */
function Series({ events, planner: { draft, commit } }: { events: readonly CalendarEvent[]; planner: PlannerView }) {
  const byUid = new Map<string, CalendarEvent[]>();
  for (const event of events) byUid.set(event.uid, [...(byUid.get(event.uid) ?? []), event]);
  return (
    <ul className="px-3 pb-2">
      <li aria-hidden className="pb-0.5 text-2xs text-faint">
        Ticked ones block time
      </li>
      {[...byUid].map(
        ([uid, series]) =>
          series[0] && (
            <li key={uid}>
              <Check
                className="text-xs"
                checked={isSeriesBusy(series[0], draft)}
                onChange={(change) => commit("Busy or free", seriesBusy(draft, series, change.target.checked))}
                label={
                  <span>
                    {series[0].title}
                    <span className="text-faint">{noteOf(series, draft)}</span>
                  </span>
                }
              />
            </li>
          ),
      )}
    </ul>
  );
}

/** How often it takes place, and how many of these times do otherwise than the rest: ` × 5, 1 of them free` */
function noteOf(series: readonly CalendarEvent[], draft: Draft): string {
  const [first] = series;
  if (!first) return "";
  const busy = isSeriesBusy(first, draft);
  const odd = series.filter((event) => isBusy(event, draft) !== busy).length;
  return [
    series.length > 1 ? ` × ${series.length}` : "",
    odd > 0 ? `, ${odd} of them ${busy ? "free" : "busy"}` : "",
    first.all_day ? ", all day" : "",
  ].join("");
}
