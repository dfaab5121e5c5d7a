import type { Invalid } from "@beq/scheduler/contract";
import type { Asked } from "./run.ts";

/** A refused field: of a task (by id), of the preferences, or of something that has no field on the page. */
export type Problem = { task: string | null; field: string; message: string };

/** The items of a 422 list as fields of the page. Positions become ids, because tasks move while people type. */
export function problemsOf(items: readonly Invalid[], request: Asked): Problem[] {
  return items.map(({ loc, msg }) => {
    const [, section, index, field] = loc;
    const message = msg.replace(/^Value error, /, "");
    if (section === "tasks" && typeof index === "number") {
      const id = request.tasks[index]?.id ?? null;
      return { task: id, field: String(field ?? "title"), message };
    }
    if (section === "user_preferences") return { task: null, field: String(index ?? section), message };
    return { task: null, field: String(section ?? "request"), message: describe(loc, message, request) };
  });
}

/** What is wrong with one field, if anything. */
export function problemAt(problems: readonly Problem[], task: string | null, field: string): string | undefined {
  return problems.find((problem) => problem.task === task && problem.field === field)?.message;
}

function describe(loc: readonly (string | number)[], message: string, request: Asked): string {
  const [, section, index] = loc;
  if (typeof index !== "number") return message;
  const title =
    section === "existing_events" ? request.existing_events?.[index]?.title : request.constraints?.[index]?.description;
  return title ? `"${title}": ${message}` : message;
}
