import { serial } from "../search/construct.ts";
import type { Problem } from "../problem/problem.ts";
import { at } from "../time/spans.ts";
import type { State } from "../search/state.ts";

/** Takes the pieces of tasks of which not all have a place, and lets others have theirs. */
export function complete(state: State<Problem>): State<Problem> {
  const { items } = state.problem;
  const tasks = items.flatMap(({ kind }, index) => (kind === "task" ? [index] : []));
  const partial = new Set(
    tasks.flatMap((index) => {
      const { want } = at(items, index);
      return want?.piece && !state.isPlaced(index) ? [want.taskId] : [];
    }),
  );
  const isPartial = (index: number) => {
    const { want } = at(items, index);
    return want?.piece !== null && partial.has(want?.taskId ?? "");
  };
  const taken = tasks.filter((index) => isPartial(index) && state.isPlaced(index));
  for (const index of taken) state.take(index);
  if (taken.length > 0)
    serial(
      state,
      tasks.filter((index) => !isPartial(index) && !state.isPlaced(index)),
    );
  return state;
}
