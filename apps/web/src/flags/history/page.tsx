import { Link } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
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
        <header>
          <Link to="/flags" className="-ml-1 inline-flex h-6 items-center gap-0.5 text-xs text-muted hover:text-ink">
            <ChevronLeft aria-hidden className="size-3.5" />
            Flags
          </Link>
          <h1 className="text-lg font-semibold">Changes</h1>
        </header>
        <HistoryList mayUndo={may} />
      </div>
    </div>
  );
}
