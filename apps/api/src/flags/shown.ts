import { type EvaluationContext, type Trace } from "@beq/flags";
import type { Seen } from "./recent.ts";

type Shown = string | number | boolean;

const longest = 64;

/** A context for people to recognise it by: no id, nothing that looks like one, no long text. */
export function shownAttributes(context: EvaluationContext): Record<string, Shown> {
  const shown = Object.entries(context).flatMap(([name, value]): [string, Shown][] => {
    if (name === "targetingKey") return [];
    if (typeof value === "number" || typeof value === "boolean") return [[name, value]];
    return [[name, typeof value === "string" && isHarmless(value, context) ? value : "…"]];
  });
  return Object.fromEntries(shown);
}

function isHarmless(text: string, { targetingKey }: EvaluationContext): boolean {
  return text.length <= longest && !text.includes("@") && !(targetingKey && text.includes(targetingKey));
}

/** A trace of a context that was seen, with its hash where its id, or another text that is not shown, would stand. */
export function withoutId(trace: Trace, { id, context }: Seen): Trace {
  const hidden = Object.entries(context).flatMap(([name, value]) =>
    typeof value === "string" && value !== "" && (name === "targetingKey" || !isHarmless(value, context))
      ? [value]
      : [],
  );
  const veil = (text: string) => hidden.reduce((left, one) => left.replaceAll(one, id), text);
  return { ...trace, steps: trace.steps.map((step) => ({ ...step, text: veil(step.text) })) };
}
