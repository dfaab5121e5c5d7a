import type { Problem } from "@beq/flags";
import { Button } from "../../ui/button.tsx";
import { Keys } from "../../ui/kbd.tsx";
import { partInWords } from "../save/wording.ts";

type Props = {
  changes: number;
  problems: readonly Problem[];
  isNew: boolean;
  save: () => void;
  discard: () => void;
  /** Leads to where the problem is; left out where all of it is in sight. */
  show?: (problem: Problem) => void;
};

/** Stands at the foot of the page while something is not saved. */
export function SaveBar({ changes, problems, isNew, save, discard, show }: Props) {
  const [first] = problems;
  const words = isNew ? "Not saved yet" : changes === 1 ? "1 change is not saved" : `${changes} changes are not saved`;
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line bg-raised px-4 py-2 shadow-pop">
      <p className="mr-auto text-sm max-sm:w-full">
        {words}
        {first && (
          <button
            type="button"
            disabled={!show}
            onClick={() => show?.(first)}
            className="ml-1.5 rounded-sm text-left text-danger underline-offset-2 not-disabled:hover:underline"
          >
            {[partInWords(first.path), first.message].filter(Boolean).join(": ")}
            {problems.length > 1 && `, and ${problems.length - 1} more to solve`}
          </button>
        )}
        <span className="ml-1.5 text-xs text-faint max-sm:hidden">Kept on this device</span>
      </p>
      <Button onClick={discard}>Discard</Button>
      <Button kind="primary" onClick={save} disabled={first !== undefined}>
        Review and save
        <Keys keys="mod+s" className="max-sm:hidden" />
      </Button>
    </div>
  );
}
