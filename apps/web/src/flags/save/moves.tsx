import { Badge } from "../../ui/badge.tsx";
import type { Preview } from "../wire.ts";

type Moved = Preview["flags"][number];
type Move = Moved["moved"][number];

/** Which of the contexts that were seen lately would get another value, and by which rule. */
export function Moves({ contexts, flags, omitted }: Pick<Preview, "contexts" | "flags" | "omitted">) {
  const moved = flags.filter((flag) => flag.moved.length > 0);
  if (contexts === 0)
    return (
      <p className="text-sm text-muted">
        Nobody asked for flags within the last hour, so there is nobody to try this on.
      </p>
    );
  if (moved.length === 0)
    return (
      <p className="text-sm">
        None of the {contexts.toLocaleString("en")} contexts of the last hour would be answered differently.
      </p>
    );
  return (
    <div className="flex flex-col gap-2">
      {moved.map((flag) => (
        <OfFlag key={flag.key} flag={flag} total={contexts} isOnly={moved.length === 1} />
      ))}
      {omitted > 0 && <p className="text-xs text-muted">And {omitted} more flags.</p>}
    </div>
  );
}

function OfFlag({ flag, total, isOnly }: { flag: Moved; total: number; isOnly: boolean }) {
  const count = flag.moved.reduce((sum, { flips, count }) => sum + (flips ? count : 0), 0);
  return (
    <div>
      <p className="mb-1 text-sm">
        {!isOnly && <code className="mr-1.5 text-xs">{flag.key}</code>}
        <strong className="font-medium">{count === 0 ? "None" : count.toLocaleString("en")}</strong> of{" "}
        {total.toLocaleString("en")} contexts of the last hour {count > 0 && `(${percent(count, total)}) `}would get
        another value.
      </p>
      <ul className="divide-y divide-line rounded-md border border-line text-sm">
        {flag.moved
          .toSorted((a, b) => Number(b.flips) - Number(a.flips))
          .map((move) => (
            <Line key={JSON.stringify([move.from, move.to])} move={move} />
          ))}
      </ul>
    </div>
  );
}

function Line({ move }: { move: Move }) {
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-1 px-2.5 py-1.5">
      <span className="w-12 shrink-0 text-right font-medium tabular-nums">{move.count.toLocaleString("en")}</span>
      <span>
        <Landing landing={move.from} /> <span className="text-faint">→</span> <Landing landing={move.to} isNew />
        {!move.flips && <span className="text-xs text-muted"> the same value</span>}
      </span>
      <span className="ml-auto flex flex-wrap gap-1" title="Some of them, as hashes that mean nothing elsewhere">
        {move.examples.map((hash) => (
          <Badge key={hash}>{hash}</Badge>
        ))}
      </span>
    </li>
  );
}

function Landing({ landing, isNew = false }: { landing: Move["from"]; isNew?: boolean }) {
  const { variant, rule, reason } = landing;
  return (
    <>
      <span className={isNew ? "font-medium" : ""}>{variant ?? "no value"}</span>{" "}
      <span className="text-xs text-muted">({rule ? `rule “${rule}”` : reasons[reason]})</span>
    </>
  );
}

const reasons: Record<Move["from"]["reason"], string> = {
  STATIC: "everybody",
  DEFAULT: "everybody else",
  TARGETING_MATCH: "a rule",
  SPLIT: "percentages",
  DISABLED: "switched off",
  ERROR: "no such flag",
};

function percent(part: number, whole: number): string {
  const share = (100 * part) / whole;
  return share < 0.1 ? "under 0.1 %" : `${Number(share.toFixed(1))} %`;
}
