import { useLiveFlags } from "../live.ts";
import { useMayEdit } from "../may.ts";
import { HistoryList } from "./list.tsx";

/** What anybody changed, over all flags and segments. */
export function ChangesPage() {
  const { may } = useMayEdit();
  useLiveFlags();
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-4xl flex-col gap-4 px-4 py-5">
        <h1 className="text-lg font-semibold">Changes</h1>
        <HistoryList mayUndo={may} />
      </div>
    </div>
  );
}
