import type { Difference } from "@beq/flags";
import { ArrowRight } from "lucide-react";
import { lineOf } from "./wording.ts";

/** What differs, a line a field: what it was and what it is. */
export function Lines({ differences, label }: { differences: readonly Difference[]; label: string }) {
  return (
    <ul aria-label={label} className="flex flex-col divide-y divide-line rounded-md border border-line text-sm">
      {differences.map((difference) => {
        const { place, before, after } = lineOf(difference);
        return (
          <li key={JSON.stringify([difference.kind, difference.path])} className="px-2.5 py-1.5">
            <span className="block text-xs text-muted">{place}</span>
            <span className="flex flex-wrap items-baseline gap-x-1.5 break-words">
              {before !== null && <del className="min-w-0 text-muted decoration-danger">{before}</del>}
              {before !== null && after !== null && (
                <ArrowRight aria-label="becomes" className="size-3 shrink-0 self-center text-faint" />
              )}
              {after !== null && <ins className="min-w-0 font-medium no-underline">{after}</ins>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
