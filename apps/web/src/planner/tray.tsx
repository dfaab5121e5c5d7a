import type { CheapestChange, Unscheduled } from "@beq/scheduler/contract";
import { ChevronRight, CircleSlash } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { useActs } from "./acts.ts";
import { remedyFor } from "./remedy.ts";
import type { Shown } from "./shown.ts";

/** What found no place: what keeps each task out, and the changes that would let it in, one click each. */
export function Unplaced({ shown, wide, edit }: { shown: Shown; wide: boolean; edit: (taskId: string) => void }) {
  return (
    <section
      aria-label="Without a place"
      data-tray
      className="max-h-[32%] shrink-0 overflow-y-auto border-t border-line bg-surface"
    >
      {/* Where it is narrow the calendar has the room until these are asked for. */}
      <details open={wide || undefined} className="group/tray">
        <summary className="sticky top-0 flex list-none items-center gap-1.5 bg-surface px-3 py-2 text-xs font-medium text-warn -outline-offset-2">
          <CircleSlash aria-hidden className="size-3.5" />
          <h3>Without a place: {shown.unscheduled.length}</h3>
          <ChevronRight aria-hidden className="size-3.5 transition-transform group-open/tray:rotate-90" />
        </summary>
        <ul>
          {shown.unscheduled.map((left) => (
            <li
              key={`${left.task_id} ${left.title}`}
              data-grab={left.task_id}
              className="flex items-start gap-3 border-t border-line px-3 py-2 first:border-t-0"
            >
              <div className="min-w-0 flex-1 text-xs">
                <p className="text-sm wrap-anywhere">{left.title}</p>
                <p className="text-pretty text-muted">{left.reason}</p>
                <Conflict left={left} />
                <Ways left={left} />
              </div>
              <Button size="small" onClick={() => edit(left.task_id)}>
                Edit
              </Button>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

/** These leave it no place whatever else there is, and none of them does so without the others. */
function Conflict({ left: { conflict } }: { left: Unscheduled }) {
  if (conflict.length === 0) return null;
  return (
    <details className="mt-1">
      <summary className="w-fit text-muted hover:text-ink">
        {conflict.length === 1 ? "One thing is in its way" : `${conflict.length} things together are in its way`}
      </summary>
      <ul className="mt-0.5 list-disc pl-4 marker:text-faint">
        {conflict.map(({ kind, id, text }) => (
          <li key={`${kind} ${id} ${text}`} className="text-pretty">
            {text}
          </li>
        ))}
      </ul>
      {conflict.length > 1 && (
        <p className="mt-0.5 text-faint">These alone leave it no place: one of them has to give way.</p>
      )}
    </details>
  );
}

function Ways({ left }: { left: Unscheduled }) {
  const { planner, ask } = useActs();
  const ways = left.changes.map((change) => ({
    change,
    action: remedyFor(left, change, planner.draft, planner.events),
  }));
  if (ways.length === 0) return left.suggestion ? <p>{left.suggestion}</p> : null;
  const take = ({ text }: CheapestChange, action: NonNullable<(typeof ways)[number]["action"]>) =>
    ask({ title: text.replace(/\.$/, ""), label: "Make room", action, how: "repair" });
  return (
    <ul aria-label={`Ways to fit ${left.title} in`} className="mt-1.5 flex flex-wrap items-center gap-1.5">
      {ways.map(({ change, action }) => (
        <li key={`${change.kind} ${change.text}`} className="max-w-full">
          {action ? (
            <Button
              size="small"
              className="h-auto min-h-7 max-w-full py-1 text-left whitespace-normal"
              onClick={() => take(change, action)}
            >
              {change.text.replace(/\.$/, "")}
            </Button>
          ) : (
            <span>{change.text}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
