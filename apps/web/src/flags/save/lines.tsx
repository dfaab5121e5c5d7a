import type { Difference } from "@beq/flags";
import { lineOf } from "./wording.ts";

/** What differs, a line a field: what it was and what it is. */
export function Lines({ differences, label }: { differences: readonly Difference[]; label: string }) {
  return (
    <ul aria-label={label} className="flex flex-col divide-y divide-line rounded-md border border-line text-sm">
      {differences.map((difference) => {
        const { place, before, after } = lineOf(difference);
        const isLong = (before?.length ?? 0) + (after?.length ?? 0) > 70;
        return (
          <li key={JSON.stringify([difference.kind, difference.path])} className="px-2.5 py-1.5">
            <span className="block text-xs text-muted">{place}</span>
            <span className={`flex min-w-0 gap-x-2 break-words ${isLong ? "flex-col" : "flex-wrap"}`}>
              {before !== null && (
                <del className="min-w-0 text-muted no-underline">
                  <span aria-hidden className="mr-1 font-medium text-danger">
                    −
                  </span>
                  {before}
                </del>
              )}
              {after !== null && (
                <ins className="min-w-0 no-underline">
                  <span aria-hidden className="mr-1 font-medium text-accent">
                    +
                  </span>
                  {after}
                </ins>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
