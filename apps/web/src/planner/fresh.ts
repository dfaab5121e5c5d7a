import type { Task } from "@beq/scheduler/contract";

// The contract's defaults, written out because its schema is not loaded for the first view; a test compares them.

/** How close others may come to an event or a task: as close as they like. */
export const noBuffers = { buffer_before_minutes: 0, buffer_after_minutes: 0 };

/** A task of which nothing is known but how long it takes, in minutes. */
export function freshTask(minutes: number): Task {
  return {
    id: "",
    title: "",
    category: "work",
    priority: "medium",
    estimated_duration_minutes: minutes,
    deadline_is_hard: false,
    dependencies: [],
    dependency_lags: {},
    ...noBuffers,
  };
}
