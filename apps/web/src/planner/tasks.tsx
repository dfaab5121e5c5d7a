import type { ScheduledEvent, Task } from "@beq/scheduler/contract";
import { lazy, Suspense, useCallback, useMemo } from "react";
import { Skeleton } from "../ui/skeleton.tsx";
import { useLatest } from "./grip.ts";
import { nextOf } from "./placed.ts";
import type { PlannerView } from "./planner.ts";
import { removeTask } from "./remove.ts";
import { Row } from "./row.tsx";

const Editor = lazy(async () => ({ default: (await import("./editor.tsx")).Editor }));

type Props = { planner: PlannerView; open: string | null; setOpen: (id: string | null) => void };

/** The tasks, one line each; a line opens into its editor. Up and Down move, Delete removes (with undo). */
export function Tasks({ planner, open, setOpen }: Props) {
  const { draft, shown, words, now, problems } = planner;
  const latest = useLatest(planner);
  const remove = useCallback((task: Task) => removeTask(latest(), task), [latest]);
  const coming = useMemo(
    () => (shown?.events ?? []).filter(({ end_time: end }) => Date.parse(end) > now),
    [shown, now],
  );
  return (
    <ul aria-label="Tasks" className="flex flex-col">
      {draft.tasks.map((task) => (
        <Row
          key={task.id}
          task={task}
          words={words}
          start={shown ? nextOf(shown.events, task.id, now)?.start_time : undefined}
          isLeft={shown?.unscheduled.some(({ task_id: id }) => id === task.id) ?? false}
          p={leastOf(coming, task.id)}
          isWrong={problems.some((one) => one.task === task.id)}
          isOpen={open === task.id}
          setOpen={setOpen}
          remove={remove}
        >
          {open === task.id && (
            <Suspense fallback={<Skeleton className="h-64" />}>
              <Editor task={task} planner={planner} close={() => setOpen(null)} />
            </Suspense>
          )}
        </Row>
      ))}
    </ul>
  );
}

/** How likely the least likely block of a task is in time; Infinity where none has to be. */
function leastOf(blocks: readonly ScheduledEvent[], taskId: string): number {
  return Math.min(...blocks.flatMap(({ task_id: id, p_on_time: p }) => (id === taskId && p !== null ? [p] : [])));
}
