import type { Preferences } from "../../contract/index.ts";
import type { Item } from "./item.ts";
import type { Cap } from "../search/model.ts";

/**
 * What a day may hold: of all tasks together, of the pieces of one task, and of a habit that is done so many times a
 * week once. What stands before the days planned counts for none of them.
 */
export function capsOf(items: readonly Item[], { max_work_minutes_per_day: most }: Preferences): Cap[] {
  const tasks = items.flatMap(({ kind }, index) => (kind === "task" ? [index] : []));
  const byTask = new Map<string, number[]>();
  for (const index of tasks) {
    const id = items[index]?.want?.taskId ?? "";
    byTask.set(id, [...(byTask.get(id) ?? []), index]);
  }
  const own = [...byTask.values()].flatMap((indices): Cap[] => {
    const minutes = ownCap(indices.flatMap((index) => items[index] ?? []));
    return minutes === null ? [] : [{ items: indices, minutes }];
  });
  return most ? [{ items: tasks, minutes: most }, ...own] : own;
}

/** The one of {@link capsOf} that is for all tasks, if there is one. */
export function limitOnAll({ caps, preferences }: { caps: readonly Cap[]; preferences: Preferences }): Cap | undefined {
  return preferences.max_work_minutes_per_day ? caps[0] : undefined;
}

function ownCap(items: readonly Item[]): number | null {
  const [want] = items.flatMap((item) => (item.want && !item.want.locked ? [item.want] : []));
  if (!want) return null;
  if (want.occasion) return want.occasion.date === null ? want.minutes : null;
  return want.split?.perDay ?? null;
}

/** Without the starts of what is by itself too much for any day. */
export function withinCaps(items: readonly Item[], caps: readonly Cap[]): Item[] {
  const tooLong = new Set(caps.flatMap((cap) => cap.items.filter((index) => (items[index]?.work ?? 0) > cap.minutes)));
  return items.map((item, index) =>
    tooLong.has(index) && !item.locked
      ? { ...item, starts: new Int32Array(0), costs: new Int32Array(0), home: null }
      : item,
  );
}
