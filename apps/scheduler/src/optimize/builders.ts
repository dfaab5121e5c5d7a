import { expect } from "vitest";
import { GenerateRequest, OptimizeRequest } from "../contract/index.ts";
import type { z } from "zod";
import { planWeek, verify } from "./index.ts";
import type { Search } from "./outcome.ts";

/** Monday 25 March 2024, 08:00 in Paris: the week that ends with the change to summer time. */
export const monday = Date.parse("2024-03-25T07:00:00Z");

export function search(now = monday, iterations = 200): Search {
  return { now, seed: 1, iterations, outOfTime: () => false };
}

type WeekInput = Partial<z.input<typeof GenerateRequest>>;
type TaskInput = z.input<typeof GenerateRequest>["tasks"][number];

/** A parsed request of somebody in Paris, five days, no lunch in the way of small examples unless asked for. */
export function week(input: WeekInput = {}): GenerateRequest {
  return GenerateRequest.parse({
    user_id: "ada",
    tasks: [],
    planning_horizon_days: 5,
    ...input,
    user_preferences: { timezone: "Europe/Paris", ...input.user_preferences },
  });
}

export function task(id: string, minutes: number, more: Partial<TaskInput> = {}): TaskInput {
  return { id, title: id, estimated_duration_minutes: minutes, ...more };
}

export function stored(input: Partial<z.input<typeof OptimizeRequest>>): OptimizeRequest {
  return OptimizeRequest.parse({
    user_id: "ada",
    existing_schedule: [],
    planning_horizon_days: 5,
    ...input,
    user_preferences: { timezone: "Europe/Paris", ...input.user_preferences },
  });
}

type Timed = { start_time: string; end_time: string };

export function text({ start_time: start, end_time: end }: Timed): string {
  const day = new Date(`${start.slice(0, 10)}T12:00:00Z`).toLocaleDateString("en-US", {
    weekday: "short",
    timeZone: "UTC",
  });
  return `${day} ${start.slice(11, 16)}-${end.slice(11, 16)}`;
}

/** `Mon 09:00-10:00`, where an event stands in a plan. */
export function span(plan: { scheduled_events: readonly (Timed & { id: string })[] }, id: string): string | undefined {
  const found = plan.scheduled_events.find((each) => each.id === id);
  return found && text(found);
}

/** When tasks and events stand in the plan of a request, which is judged on the way. */
export function times(input: WeekInput, now = monday): Record<string, string> {
  const request = week(input);
  const plan = planWeek(request, search(now));
  expect(verify(request, plan, now)).toEqual([]);
  const shown = plan.scheduled_events.filter(({ type }) => type === "task" || type === "event");
  return Object.fromEntries(shown.map((each) => [each.id, text(each)]));
}
