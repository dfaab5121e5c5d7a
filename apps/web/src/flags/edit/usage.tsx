import { useNow } from "../../shell/now.ts";
import { When } from "../../ui/when.tsx";
import type { FlagRow } from "../wire.ts";

/** Whether anybody asks for the flag, and what they were answered. */
export function Usage({ row }: { row: FlagRow }) {
  const now = useNow();
  const total = row.answers.reduce((sum, { count }) => sum + count, 0);
  const answers = row.answers.toSorted((a, b) => b.count - a.count);
  return (
    <p className="mt-1.5 text-xs text-muted">
      {row.last_evaluated_at ? (
        <>
          Asked for <When at={row.last_evaluated_at} now={now} />
        </>
      ) : (
        "Nobody has asked for it yet"
      )}
      {total > 0 && (
        <>
          {" · in 30 days "}
          {answers.map(({ variant, count }, index) => (
            <span key={variant}>
              {index > 0 && ", "}
              {variant} {count.toLocaleString("en")} ({Math.round((100 * count) / total)} %)
            </span>
          ))}
        </>
      )}
    </p>
  );
}
