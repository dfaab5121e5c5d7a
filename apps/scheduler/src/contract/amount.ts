import { clockRange } from "./time.ts";

export type Linked = { id: string; dependencies: readonly string[] };
export type Timed = Linked & {
  estimated_duration_minutes: number;
  dependency_lags: Readonly<Record<string, number>>;
  window?: string | null | undefined;
  split?:
    | { min_minutes: number; max_minutes: number; max_minutes_per_day?: number | null | undefined }
    | null
    | undefined;
  repeat?: Repeat | null | undefined;
};
type Repeat = { days: readonly string[] } | { times_per_week: number };
export type Report = (path: PropertyKey[], input: unknown, problem: string) => void;

/** The rules between the fields of one task. */
export function checkTask(task: Timed, path: PropertyKey[], report: Report): void {
  const { id, dependencies, dependency_lags: lags, window } = task;
  for (const [other, minutes] of Object.entries(lags)) {
    if (dependencies.includes(other)) continue;
    const problem = `task '${id}' has a lag after '${other}', which is not among its dependencies`;
    report([...path, "dependency_lags", other], minutes, problem);
  }
  const range = window ? clockRange(window) : undefined;
  if (range && range.from === range.to && range.from !== 0)
    report([...path, "window"], window, `the window '${window}' is empty: it ends when it starts`);
  checkSplit(task, path, report);
}

/** So many pieces of lengths allowed have to make the task, none left over. */
function checkSplit(task: Timed, path: PropertyKey[], report: Report): void {
  const { id, split, repeat, estimated_duration_minutes: length } = task;
  if (!split) return;
  if (repeat)
    return report([...path, "split"], split, `task '${id}' repeats: each of its times is done in one, not in pieces`);

  const { min_minutes: min, max_minutes: max, max_minutes_per_day: perDay } = split;
  const refuse = (field: string, input: unknown, problem: string) => report([...path, "split", field], input, problem);
  if (min > max) return refuse("min_minutes", min, `min_minutes ${min} must not be above max_minutes ${max}`);
  if (min > length)
    return refuse("min_minutes", min, `min_minutes ${min} must not be above the task's own ${length} minutes`);
  if (perDay && perDay < min)
    return refuse("max_minutes_per_day", perDay, `max_minutes_per_day ${perDay} must not be below min_minutes ${min}`);

  const pieces = Math.ceil(length / max);
  if (pieces * min > length)
    return refuse("max_minutes", max, `${length} minutes cannot be cut into pieces of ${min} to ${max} minutes`);
  if (pieces > mostPieces)
    refuse(
      "max_minutes",
      max,
      `${length} minutes in pieces of ${max} are ${pieces} pieces; at most ${mostPieces} are planned`,
    );
}

const mostPieces = 100;
/** So many pieces of time are placed at once. */
export const mostBlocks = 2_000;

type Amount = Pick<Timed, "estimated_duration_minutes" | "split" | "repeat">;

/** How many pieces of time tasks are in so many days: habits and splits multiply. */
export function blocksOf(tasks: readonly Amount[], days: number): number {
  const weeks = Math.ceil(days / 7) + 1;
  return tasks.reduce((sum, { repeat, split, estimated_duration_minutes: length }) => {
    if (repeat) return sum + Math.min(days, weeks * ("days" in repeat ? repeat.days.length : repeat.times_per_week));
    return sum + (split ? Math.ceil(length / split.max_minutes) : 1);
  }, 0);
}

/** What tasks come to is bounded as the tasks themselves are. */
export function checkAmount(tasks: readonly Timed[], days: number, report: Report): void {
  const blocks = blocksOf(tasks, days);
  if (blocks > mostBlocks)
    report(
      ["tasks"],
      tasks,
      `with habits and pieces counted, the tasks are ${blocks} blocks; at most ${mostBlocks} are planned`,
    );
}
