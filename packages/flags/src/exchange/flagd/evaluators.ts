import type { Condition, Json } from "../../model.ts";
import { ALWAYS } from "../logic.ts";
import type { Path } from "../report.ts";
import { Unsupported } from "../unsupported.ts";
import { condition } from "./condition.ts";

export type Evaluators = ReturnType<typeof createEvaluators>;

/** Shared evaluators, read when a flag first names one. */
export function createEvaluators(all: { readonly [name: string]: Json }) {
  const segments = new Map<string, { readonly when: Condition }>();
  const shared = (name: string, path: Path) => {
    const logic = Object.hasOwn(all, name) ? all[name] : undefined;
    if (logic === undefined) throw new Unsupported(path, `there is no evaluator '${name}'`);
    return { logic, path: ["$evaluators", name] };
  };
  const nested = (_name: string, path: Path): never => {
    throw new Unsupported(path, "flagd resolves no '$ref' within a shared evaluator");
  };
  return {
    shared,
    /** The segment of a shared condition. */
    evaluator: (name: string, path: Path): Condition => {
      const { logic, path: at } = shared(name, path);
      if (!segments.has(name))
        segments.set(name, { when: condition(logic, at, { key: undefined, evaluator: nested }) });
      return { segment: name };
    },
    /** The condition of a segment that was read. */
    conditionOf: (name: string) => segments.get(name)?.when ?? ALWAYS,
    segments: () => Object.fromEntries(segments),
  };
}
