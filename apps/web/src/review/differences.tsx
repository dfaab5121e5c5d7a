import type { Difference } from "@beq/flags";
import { ArrowRight } from "lucide-react";
import { lineOf } from "../flags/save/wording.ts";
import type { Outputs } from "../trpc.ts";

/** A difference as it comes over the wire, where a member that is undefined is left out. */
export type WireDifference = Outputs["flags"]["plans"]["items"][number]["edits"][number]["differences"][number];

/** What one change does to one flag or segment, a line for each field. */
export function Differences({ list }: { list: readonly WireDifference[] }) {
  if (list.length === 0) return <p className="text-xs text-muted">No difference.</p>;
  return (
    <ul className="flex flex-col gap-1 text-xs">
      {list.map((difference) => (
        <Line key={`${difference.kind} ${difference.path.join("/")}`} difference={difference} />
      ))}
    </ul>
  );
}

function Line({ difference }: { difference: WireDifference }) {
  const { place, before, after } = plain(lineOf(arrived(difference)));
  return (
    <li className="grid gap-x-3 gap-y-0.5 sm:grid-cols-[minmax(8rem,14rem)_1fr]">
      <span className="text-muted wrap-anywhere">{place}</span>
      <span className="flex flex-wrap items-baseline gap-x-1.5 wrap-anywhere">
        {before !== null && (
          <del className={after === null ? "text-danger" : "text-muted"}>
            <span className="sr-only">was </span>
            {before}
          </del>
        )}
        {before !== null && after !== null && <ArrowRight aria-hidden className="size-3 self-center text-faint" />}
        {after !== null && (
          <ins className="font-medium text-ink no-underline">
            <span className="sr-only">is </span>
            {after}
          </ins>
        )}
      </span>
    </li>
  );
}

/** A member that was left out reads as undefined, which is what it was. */
function arrived(difference: WireDifference): Difference {
  return difference as Difference;
}

/** An empty text is nothing to a reader. */
function plain({ place, before, after }: ReturnType<typeof lineOf>) {
  const shown = (text: string | null) => (text === "“”" || text === "" ? null : text);
  return { place, before: shown(before), after: shown(after) };
}
