import { Link } from "@tanstack/react-router";
import { ChevronLeft, UsersRound } from "lucide-react";
import { useState } from "react";
import { refusalOf, wordsOf } from "../../shell/refusal.ts";
import { useCommands } from "../../shell/services.ts";
import { trpc } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Keys } from "../../ui/kbd.tsx";
import { Blank, Notice } from "../../ui/notice.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useLiveFlags } from "../live.ts";
import { useMayEdit } from "../may.ts";
import type { SegmentRow } from "../wire.ts";
import { Create } from "./create.tsx";

/** Every segment: a named condition, or a list of ids, that rules of several flags can ask for. */
export function SegmentsPage() {
  const { may } = useMayEdit();
  const list = trpc.flags.list.useQuery();
  const [isCreating, setCreating] = useState(false);
  useLiveFlags();
  const create = () => setCreating(true);
  useCommands(may ? [{ id: "new-segment", title: "New segment", section: "Flags", keys: "n", run: create }] : []);
  const segments = list.data?.segments ?? [];
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-4xl flex-col gap-4 px-4 py-5">
        <div className="flex items-end gap-3">
          <div className="flex-1">
            <Link to="/flags" className="-ml-1 inline-flex h-6 items-center gap-0.5 text-xs text-muted hover:text-ink">
              <ChevronLeft aria-hidden className="size-3.5" />
              Flags
            </Link>
            <h1 className="text-lg font-semibold">Segments</h1>
          </div>
          {may && (
            <Button kind="primary" onClick={create}>
              New segment
              <Keys keys="n" className="max-sm:hidden" />
            </Button>
          )}
        </div>
        {list.isPending && <Skeleton className="h-40" />}
        {list.error && <Notice tone="error" title={wordsOf(refusalOf(list.error))} />}
        {list.data && segments.length === 0 && (
          <Blank icon={<UsersRound aria-hidden />} title="No segments yet">
            A segment names people once, by a condition or by a list of ids, so that many flags can serve them.
          </Blank>
        )}
        {segments.length > 0 && (
          <ul aria-label="Segments" className="divide-y divide-line rounded-lg border border-line bg-surface">
            {segments.map((row) => (
              <Line key={row.name} row={row} />
            ))}
          </ul>
        )}
      </div>
      {isCreating && <Create taken={segments.map(({ name }) => name)} close={() => setCreating(false)} />}
    </div>
  );
}

function Line({ row }: { row: SegmentRow }) {
  const { name, description, kind, size, used_by: users } = row;
  const used =
    users.length === 0 ? "not used" : users.length === 1 ? "used by 1 flag" : `used by ${users.length} flags`;
  return (
    <li>
      <Link
        to="/segments/$name"
        params={{ name }}
        className="flex flex-wrap items-baseline gap-x-3 px-3 py-2.5 -outline-offset-2 hover:bg-hover"
      >
        <span className="text-sm font-medium break-all">{name}</span>
        <span className="min-w-0 flex-1 truncate text-xs text-muted">{description}</span>
        <span className="text-xs text-muted">
          {kind === "list" ? `${size.toLocaleString("en")} ids` : "a condition"} · {used}
        </span>
      </Link>
    </li>
  );
}
