/** What a soft rule is called, in answers too. */
export type CostName =
  | "deadline"
  | "delay"
  | "preferred_time"
  | "energy"
  | "focus"
  | "late_hours"
  | "soft_constraint"
  | "fragment"
  | "split"
  | "moved";

/**
 * What it costs by one soft rule that the work (not the buffer before it) starts in a slot, in the scale of the plan;
 * 0 where the rule is content. What has begun started in one below 0.
 */
export type CostRule = { readonly name: CostName; readonly cost: (slot: number) => number };

export function costOf(rules: readonly CostRule[], slot: number): number {
  return rules.reduce((sum, { cost }) => sum + cost(slot), 0);
}
