import "../../lib/strict.ts";
import { invalidList, Task } from "@beq/scheduler/contract";
import { readWhen } from "../when.ts";
import { idGenerator } from "./ids.ts";
import { isRecord } from "./record.ts";

/** What a row is read against: ids that are taken, the day that weekdays count from, the clock time of a bare day. */
export type Context = { taken: ReadonlySet<string>; today: string; end: string };

/** A row that could not become a task: where it stood, what is wrong with it, and the row itself. */
export type Refused = { where: string; problems: string[]; row: unknown };

/**
 * Rows of a file as tasks. A row without an id gets the first free `task-n`; a deadline may be written `fri 17:00`.
 * @param whereOf what to call the row in messages: "Row 7", "tasks[6]"
 */
export function readRows(
  rows: readonly unknown[],
  context: Context,
  whereOf: (index: number) => string,
): { tasks: Task[]; refused: Refused[] } {
  const given = rows.flatMap((row) => (isRecord(row) && typeof row["id"] === "string" ? [row["id"]] : []));
  const nextId = idGenerator(new Set([...context.taken, ...given]));
  const firstAt = new Map<string, number>();
  const tasks: Task[] = [];
  const refused: Refused[] = [];
  rows.forEach((row, index) => {
    const parsed = readRow(row, context, nextId);
    const before = "task" in parsed ? firstAt.get(parsed.task.id) : undefined;
    if ("problems" in parsed) refused.push({ where: whereOf(index), problems: parsed.problems, row });
    else if (before !== undefined)
      refused.push({
        where: whereOf(index),
        problems: [`id: '${parsed.task.id}' is already used by ${whereOf(before)}`],
        row,
      });
    else {
      firstAt.set(parsed.task.id, index);
      tasks.push(parsed.task);
    }
  });
  return { tasks, refused };
}

function readRow(row: unknown, context: Context, nextId: () => string): { task: Task } | { problems: string[] } {
  if (!isRecord(row))
    return { problems: [`expected an object with a title and a duration, got ${JSON.stringify(row)}`] };

  const candidate = {
    ...row,
    ...(row["id"] === undefined || row["id"] === "" ? { id: nextId() } : {}),
    ...deadlineOf(row, context),
  };
  const parsed = Task.safeParse(candidate);
  if (parsed.success) return { task: parsed.data };

  const items = invalidList(parsed.error.issues, candidate, () => "row");
  return { problems: items.map(({ loc, msg, input }) => `${loc.slice(1).join(".")}: ${msg}${quote(input)}`) };
}

function deadlineOf(row: Record<string, unknown>, { today, end }: Context): { deadline?: string } {
  const text = row["deadline"];
  const deadline = typeof text === "string" ? readWhen(text, today, end) : undefined;
  return deadline ? { deadline } : {};
}

function quote(input: unknown): string {
  return typeof input === "object" ? "" : ` (got ${JSON.stringify(input)})`;
}
