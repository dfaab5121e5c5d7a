import { useEffect, useState } from "react";
import type { Draft } from "./draft.ts";
import { type Problem, problemsOf } from "./problems.ts";
import type { Asked, RunState } from "./run.ts";

const none: readonly Problem[] = [];

/**
 * What is wrong with the request after a refusal. Once something was changed the server's list is old; the same rules
 * are then applied here, so that each problem disappears as it is solved.
 */
export function useProblems({ failure, asked }: RunState, draft: Draft, request: Asked): readonly Problem[] {
  const [checked, setChecked] = useState<{ request: Asked; problems: readonly Problem[] } | null>(null);
  const refused = failure?.kind === "invalid" && asked !== null;
  const changed = refused && asked.draft !== draft;
  useEffect(() => {
    if (!changed) return;
    let isOld = false;
    const check = async () => {
      const { refusals } = await import("./refusals.ts");
      if (!isOld) setChecked({ request, problems: problemsOf(refusals(request), request) });
    };
    void check();
    return () => {
      isOld = true;
    };
  }, [changed, request]);

  if (!refused) return none;
  return changed ? (checked?.problems ?? none) : problemsOf(failure.items, asked.request);
}
