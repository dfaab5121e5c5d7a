import { byTask, isSplit } from "./piece.ts";
import type { Case } from "./case.ts";
import { type Violation, violation } from "./violation.ts";

export function accounts(subject: Case, unscheduled: readonly string[]): Violation[] {
  const { asked, blocks, fixed, before, tasks } = subject;
  const left = new Set(unscheduled);
  const placed = byTask(blocks);
  const carried = new Set(fixed.map(({ taskId }) => taskId));
  const lost = asked.tasks.filter(({ id }) => !placed.has(id) && !left.has(id) && !carried.has(id));
  const old = byTask([...before.values()]);
  // Of a habit some occurrences may have a place and others none, of an old plan's task some pieces.
  const both = [...left].filter((id) => placed.has(id) && !old.has(id) && !tasks.get(id)?.repeat);
  const unknown = blocks.filter(
    ({ event, key }) => event.type === "task" && !tasks.has(event.task_id ?? "") && !before.has(key),
  );
  const first = new Map(blocks.toReversed().map((block) => [block.key, block]));
  const dropped = [...before.values()].filter(
    ({ key, event, id }) =>
      event.type === "task" && !first.has(key) && !subject.calendar.has(key) && !placed.has(event.task_id ?? id),
  );
  const gone = dropped.filter(({ event, id }) => !left.has(event.task_id ?? id) && !carried.has(event.task_id ?? id));
  const repeated = blocks.filter((block) => first.get(block.key) !== block);
  const moveable = fixed.filter(
    (event) => event.moveable && event.start >= subject.start && event.end <= subject.end && !first.has(event.key),
  );
  return [
    ...lost.map((task) => violation("lost", [task], "is neither planned nor reported")),
    ...gone.map((block) => violation("lost", [block], "stood in the plan before and is not reported")),
    ...both.map((id) => violation("twice", [{ id }], "is planned and reported as left out")),
    ...repeated.map((block) => violation("twice", [block], "appears twice")),
    ...[...placed.values()].flatMap((pieces) =>
      pieces.length > 1 && !pieces.some(({ key, task }) => before.has(key) || (task && (task.repeat || isSplit(task))))
        ? [violation("twice", pieces, "carry out the same task")]
        : [],
    ),
    ...unknown.map((block) => violation("unknown", [block], "is no task of the request")),
    ...moveable
      .filter(({ start, end }) => !fixed.some((other) => !other.moveable && other.start < end && start < other.end))
      .map((event) => violation("lost", [event], "is a moveable event without a place")),
  ];
}
