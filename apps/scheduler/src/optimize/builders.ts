import { GenerateRequest, OptimizeRequest } from "../contract/index.ts";
import type { z } from "zod";
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
