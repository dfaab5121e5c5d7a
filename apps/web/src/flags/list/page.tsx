import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { refusalOf, wordsOf } from "../../shell/refusal.ts";
import { useCommands } from "../../shell/services.ts";
import { trpc } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Keys } from "../../ui/kbd.tsx";
import { Notice } from "../../ui/notice.tsx";
import { KillSwitch } from "../kill.tsx";
import { useLiveFlags } from "../live.ts";
import { useMayEdit } from "../may.ts";
import type { FlagRow } from "../wire.ts";
import { Bar } from "./bar.tsx";
import { Create } from "./create.tsx";
import { choicesIn, type Filter, shownRows } from "./filter.ts";
import { Nothing, Unanswered, Waiting } from "./nothing.tsx";
import { Table, type TableHandle } from "./table.tsx";
import { Unsaved } from "./unsaved.tsx";

const beside = "rounded-sm text-muted underline-offset-2 hover:text-ink hover:underline";

/** Every flag there is: found by typing, walked through and switched by keyboard. */
export function FlagsPage() {
  const filter = useSearch({ from: "/managed/flags" });
  const navigate = useNavigate();
  const { may } = useMayEdit();
  const list = trpc.flags.list.useQuery();
  const [isCreating, setCreating] = useState(false);
  const [switching, setSwitching] = useState<FlagRow | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const table = useRef<TableHandle>(null);
  useLiveFlags();

  const all = list.data?.flags;
  const rows = useMemo(() => shownRows(all ?? [], filter), [all, filter]);
  const choices = useMemo(() => choicesIn(all ?? []), [all]);
  const narrow = (next: Filter) => void navigate({ to: "/flags", search: next, replace: true });
  const open = (key: string) => void navigate({ to: "/flags/$key", params: { key } });
  const askSwitch = (row: FlagRow | undefined) => {
    if (may && row) setSwitching(row);
  };
  const section = "Flags";
  useCommands([
    { id: "search-flags", title: "Search the flags", section, keys: "/", run: () => search.current?.focus() },
    { id: "next-flag", title: "Next flag", section, keys: "j", run: () => table.current?.step(1) },
    { id: "segments", title: "Segments", section, keys: "g s", run: () => void navigate({ to: "/segments" }) },
    {
      id: "changes",
      title: "Changes of all flags",
      section,
      keys: "g c",
      run: () => void navigate({ to: "/changes" }),
    },
    { id: "previous-flag", title: "Previous flag", section, keys: "k", run: () => table.current?.step(-1) },
    ...(may
      ? [
          { id: "new-flag", title: "New flag", section, keys: "n", run: () => setCreating(true) },
          {
            id: "kill",
            title: "Switch the flag on or off",
            section,
            keys: "shift+k",
            run: () => askSwitch(table.current?.active()),
          },
        ]
      : []),
  ]);
  return (
    <div className="flex h-full flex-col">
      <div className="flex flex-col gap-2 border-b border-line bg-surface px-4 py-3">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="text-lg font-semibold">Flags</h1>
          <output className="text-sm text-muted">
            {all && (rows.length === all.length ? all.length : `${rows.length} of ${all.length}`)}
          </output>
          <nav aria-label="About flags" className="flex gap-3 text-sm max-sm:order-last max-sm:w-full sm:ml-auto">
            <Link to="/segments" className={beside}>
              Segments
            </Link>
            <Link to="/changes" className={beside}>
              Changes
            </Link>
            <Link to="/transfer" className={beside}>
              Import and export
            </Link>
          </nav>
          {may && (
            <Button kind="primary" className="max-sm:ml-auto" onClick={() => setCreating(true)}>
              New flag
              <Keys keys="n" className="max-sm:hidden" />
            </Button>
          )}
        </div>
        <Bar
          filter={filter}
          choices={choices}
          field={search}
          narrow={narrow}
          intoList={() => table.current?.step(1)}
          openFirst={() => rows[0] && open(rows[0].key)}
        />
        <Unsaved />
        {list.data?.broken.map(({ kind, key, problems }) => (
          <Notice
            key={`${kind} ${key}`}
            tone="warning"
            title={`The saved ${kind} ${key} is not in force: it is not sound`}
          >
            {problems.join("; ")}
          </Notice>
        ))}
      </div>
      {list.error && <Unanswered words={wordsOf(refusalOf(list.error))} retry={() => void list.refetch()} />}
      {list.isPending && <Waiting />}
      {all && rows.length > 0 && <Table ref={table} rows={rows} askSwitch={askSwitch} />}
      {all && rows.length === 0 && (
        <Nothing isFiltered={all.length > 0} clear={() => narrow({})} create={may ? () => setCreating(true) : null} />
      )}
      {isCreating && <Create taken={all?.map(({ key }) => key) ?? []} close={() => setCreating(false)} />}
      {switching && <KillSwitch flagKey={switching.key} isOn={switching.enabled} close={() => setSwitching(null)} />}
    </div>
  );
}
