import { held } from "../problem/held.ts";
import { heldBy, type Placed } from "../problem/placed.ts";
import type { Problem } from "../problem/problem.ts";
import { at, minuteMs, overlaps, type Span, subtract } from "../time/spans.ts";

/** A rest and the minutes of work before it. */
export type Break = Span & { readonly worked: number };

/** After so long a gap work starts afresh: no break is shown in it. */
const longGapMs = 4 * 60 * minuteMs;

/** The breaks of a plan: one where continuous work reaches the limit, or would with the task that follows. */
export function breaks(problem: Problem, placed: readonly Placed[]): Break[] {
  const { preferences, axis, calendar } = problem;
  const limit = preferences.break_frequency_minutes;
  const length = preferences.break_duration_minutes * minuteMs;
  const { tasks, restless, rests, taken } = sorted(problem, placed);
  const found: Break[] = [];
  let worked = 0;
  for (const [index, next] of tasks.slice(1).entries()) {
    const { item, end } = at(tasks, index);
    const gap = { start: end, end: next.start };
    worked = gap.end - gap.start >= longGapMs ? 0 : worked + item.minutes;
    if (worked === 0 || !roomIn(gap, restless, length)) continue;

    const isDue = worked >= limit || worked + next.item.minutes > limit;
    const isRested = rests.some((rest) => overlaps(rest, gap) && rest.end - rest.start >= length);
    const planned = { start: Math.max(gap.start, axis.origin), end: Math.min(gap.end, calendar.end) };
    const room = isDue && !isRested ? roomIn(planned, taken, length) : undefined;
    if (room) found.push({ start: room.start, end: room.start + length, worked });
    worked = 0;
  }
  return found;
}

/** The first stretch of so many milliseconds or more that is free of what is kept out. */
function roomIn(within: Span, keptOut: readonly Span[], length: number): Span | undefined {
  const near = keptOut.filter((each) => overlaps(each, within));
  return subtract([within], near).find(({ start, end }) => end - start >= length);
}

/** Tasks, time in which no one rests, what is a rest by itself, and all that a break may not stand on. */
function sorted({ fixed, rules }: Problem, placed: readonly Placed[]) {
  const of = (kind: Placed["item"]["kind"]) => placed.filter(({ item }) => item.kind === kind);
  const tasks = of("task");
  const lunches = of("lunch");
  const restless = [...fixed.map(held), ...of("event").map(heldBy), ...ways(tasks)];
  const own = rules.filter(({ type, hard }) => hard && (type === "break" || type === "lunch"));
  // Tasks put by hand may overlap others, and last on into what looks like a gap.
  return { tasks, restless, rests: [...lunches, ...own], taken: [...restless, ...lunches, ...tasks] };
}

/** The buffers around tasks: no one works in them, and no one rests. */
function ways(tasks: readonly Placed[]): Span[] {
  return tasks
    .filter(({ item: { buffer } }) => buffer.before + buffer.after > 0)
    .flatMap((task) => subtract([heldBy(task)], [task]));
}
