/** A hard rule that a plan breaks. */
export type Violation = {
  readonly rule:
    | "past"
    | "horizon"
    | "hours"
    | "overlap"
    | "constraint"
    | "dependency"
    | "deadline"
    | "earliest_start"
    | "buffer"
    | "split"
    | "repeat"
    | "cap"
    | "duration"
    | "pinned"
    | "rest"
    | "lost"
    | "twice"
    | "unknown"
    | "order"
    | "number"
    | "change";
  readonly event_ids: readonly string[];
  readonly message: string;
};

export function violation(rule: Violation["rule"], blocks: readonly { id: string }[], message: string): Violation {
  return {
    rule,
    event_ids: blocks.map(({ id }) => id),
    message: `${blocks.map(({ id }) => id).join(", ")}: ${message}`,
  };
}
