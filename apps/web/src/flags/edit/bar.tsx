import { Button } from "../../ui/button.tsx";
import { Keys } from "../../ui/kbd.tsx";

type Props = { changes: number; problems: number; isNew: boolean; save: () => void; discard: () => void };

/** Stands at the foot of the page while something is not saved. */
export function SaveBar({ changes, problems, isNew, save, discard }: Props) {
  const words = isNew ? "Not saved yet" : changes === 1 ? "1 change is not saved" : `${changes} changes are not saved`;
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line bg-raised px-4 py-2 shadow-pop">
      <p className="mr-auto text-sm max-sm:w-full">
        {words}
        {problems > 0 && (
          <span className="ml-1.5 text-danger">
            · {problems === 1 ? "1 problem" : `${problems} problems`} to solve first
          </span>
        )}
        <span className="ml-1.5 text-xs text-faint max-sm:hidden">Kept on this device</span>
      </p>
      <Button onClick={discard}>Discard</Button>
      <Button kind="primary" onClick={save} disabled={problems > 0}>
        Review and save
        <Keys keys="mod+s" className="max-sm:hidden" />
      </Button>
    </div>
  );
}
