import { type Block, type Case, shownAs, type Violation, violation } from "./case.ts";

export function accounts(subject: Case, unscheduled: readonly string[]): Violation[] {
  const { asked, blocks, fixed, before, tasks } = subject;
  const left = new Set(unscheduled);
  const placed = new Map<string, Block[]>();
  for (const block of blocks) {
    if (block.event.type !== "task") continue;
    const id = block.event.task_id ?? block.id;
    placed.set(id, [...(placed.get(id) ?? []), block]);
  }
  const carried = new Set(fixed.map(({ taskId }) => taskId));
  const lost = asked.tasks.filter(({ id }) => !placed.has(id) && !left.has(id) && !carried.has(id));
  const both = [...left].filter(
    (id) => placed.has(id) && ![...before.values()].some(({ event }) => event.task_id === id),
  );
  const unknown = blocks.filter(
    ({ event, key }) => event.type === "task" && !tasks.has(event.task_id ?? "") && !before.has(key),
  );
  const first = new Map(blocks.toReversed().map((block) => [block.key, block]));
  const repeated = blocks.filter((block) => first.get(block.key) !== block);
  const moveable = fixed.filter(
    (event) => event.moveable && event.start >= subject.start && event.end <= subject.end && !first.has(shownAs(event)),
  );
  return [
    ...lost.map((task) => violation("lost", [task], "is neither planned nor reported")),
    ...both.map((id) => violation("twice", [{ id }], "is planned and reported as left out")),
    ...repeated.map((block) => violation("twice", [block], "appears twice")),
    ...[...placed.values()].flatMap((pieces) =>
      pieces.length > 1 && !pieces.some((piece) => before.has(piece.key) || piece.id.includes("#"))
        ? [violation("twice", pieces, "carry out the same task")]
        : [],
    ),
    ...unknown.map((block) => violation("unknown", [block], "is no task of the request")),
    ...moveable
      .filter(({ start, end }) => !fixed.some((other) => !other.moveable && other.start < end && start < other.end))
      .map((event) => violation("lost", [event], "is a moveable event without a place")),
  ];
}
