import type { Task } from "@beq/scheduler/contract";
import type { PlannerView } from "./planner.ts";

/** Takes a task out that is done: what was planned of it from now on is free, what is over stays where it was. */
export function finishTask({ commit }: Pick<PlannerView, "commit">, task: Task): void {
  commit("Finish task", { kind: "drop", ids: [task.id], unlink: true }, `"${task.title}" is done.`);
}

/** Takes a task out, also of what others wait for; the toast takes that back. */
export function removeTask({ commit }: Pick<PlannerView, "commit">, task: Task): void {
  commit("Remove task", { kind: "drop", ids: [task.id], unlink: true }, `"${task.title}" removed.`);
}
