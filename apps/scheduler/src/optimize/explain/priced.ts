import type { CheapestChange } from "../../contract/index.ts";

/** A change and what it costs, in the scale of the plan. */
export type Priced = { readonly cost: number; readonly change: CheapestChange };

const nothing = { task_id: null, event_id: null, start_time: null, end_time: null, minutes: null };

export function changeOf(
  kind: CheapestChange["kind"],
  text: string,
  more: Partial<Omit<CheapestChange, "kind" | "text">> = {},
): CheapestChange {
  return { kind, text, ...nothing, ...more };
}
