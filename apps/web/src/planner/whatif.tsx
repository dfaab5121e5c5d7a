import type { Task } from "@beq/scheduler/contract";
import { type FormEvent, useState } from "react";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { useActs } from "./acts.ts";
import { typedMinutes } from "./quick.ts";
import { duration } from "./words.ts";

/** Tries out another duration of a task without changing anything. */
export function WhatIf({ task }: { task: Task }) {
  const { ask } = useActs();
  const [typed, setTyped] = useState(() => duration(Math.min(1_440, task.estimated_duration_minutes * 2)));
  const minutes = typedMinutes(typed);
  const isChange = minutes !== undefined && minutes !== task.estimated_duration_minutes;
  const tryOut = (event: FormEvent) => {
    event.preventDefault();
    if (!isChange) return;
    ask({
      title: `What if “${task.title}” takes ${duration(minutes)}?`,
      label: "Change duration",
      action: { kind: "edit", id: task.id, patch: { estimated_duration_minutes: minutes } },
      how: "repair",
    });
  };
  return (
    <form onSubmit={tryOut} className="flex items-end gap-2 border-t border-line pt-2">
      <TextField
        label="What if it takes"
        hint="45 min, 6 h"
        className="flex-1"
        value={typed}
        problem={minutes === undefined ? "A duration such as 45 min or 6 h, up to a day" : undefined}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="submit" disabled={!isChange}>
        Try it
      </Button>
    </form>
  );
}
