import { useVirtualizer } from "@tanstack/react-virtual";
import { X } from "lucide-react";
import { type ClipboardEvent, useMemo, useRef, useState } from "react";
import { useServices } from "../../shell/services.ts";
import { Button } from "../../ui/button.tsx";
import { Input } from "../../ui/compact.tsx";
import { mostIds, readIds, report, withIds, withoutIds } from "./ids.ts";

type Props = { ids: readonly string[]; onChange: (ids: readonly string[]) => void; disabled: boolean };

/** A list of ids of any length: typed, pasted or dropped as a file, searched, and removed one by one. */
export function Ids({ ids, onChange, disabled }: Props) {
  const { toasts } = useServices();
  const [typed, setTyped] = useState("");
  const [search, setSearch] = useState("");
  const shown = useMemo(() => (search === "" ? ids : ids.filter((id) => id.includes(search))), [ids, search]);
  const take = (text: string) => {
    const read = readIds(text);
    const { ids: next, fresh } = withIds(ids, read.ids);
    if (next.length > mostIds) return toasts.show(`A segment holds at most ${mostIds.toLocaleString("en")} ids.`);
    if (read.ids.length + read.tooLong === 0) return;
    onChange(next);
    toasts.show(`${report(read, fresh)}.`, () => onChange(ids));
  };
  // A text of a hundred thousand lines never enters the field: it would take seconds to be laid out.
  const pasted = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text");
    if (readIds(text).ids.length < 2) return;
    event.preventDefault();
    take(text);
  };
  const clear = () => {
    onChange([]);
    toasts.show("All ids are removed.", () => onChange(ids));
  };
  return (
    <div className="flex flex-col gap-2">
      {!disabled && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            take(typed);
            setTyped("");
          }}
          className="flex flex-wrap items-center gap-2"
        >
          <Input
            aria-label="Add ids"
            placeholder="Type an id, or paste as many as you like"
            className="h-8 min-w-56 flex-1"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
            onPaste={pasted}
          />
          <Button type="submit">Add</Button>
          <FilePick take={(text) => take(text)} />
        </form>
      )}
      <div className="flex flex-wrap items-center gap-2 text-sm text-muted">
        <output>
          {search === ""
            ? `${ids.length.toLocaleString("en")} ids`
            : `${shown.length.toLocaleString("en")} of ${ids.length.toLocaleString("en")} ids`}
        </output>
        <Input
          aria-label="Search the ids"
          type="search"
          placeholder="Search"
          className="w-44"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        {!disabled && ids.length > 0 && (
          <Button size="small" kind="quiet" className="ml-auto" onClick={clear}>
            Remove all
          </Button>
        )}
      </div>
      <List ids={shown} remove={disabled ? null : (id) => onChange(withoutIds(ids, [id]))} />
    </div>
  );
}

function FilePick({ take }: { take: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".txt,.csv,text/*"
        aria-label="A file of ids"
        hidden
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          target.value = "";
          if (file) void file.text().then(take);
        }}
      />
      <Button onClick={() => input.current?.click()}>From a file</Button>
    </>
  );
}

const height = 28;

function List({ ids, remove }: { ids: readonly string[]; remove: ((id: string) => void) | null }) {
  const scroller = useRef<HTMLDivElement>(null);
  // Nothing of it is handed to a memoized component.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
  });
  if (ids.length === 0) return null;
  return (
    // What scrolls must be reachable by keyboard.
    <section
      ref={scroller}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label="The ids"
      className="max-h-96 overflow-y-auto rounded-md border border-line bg-surface"
    >
      <ul className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const id = ids[index];
          return (
            id !== undefined && (
              <li
                key={id}
                style={{ transform: `translateY(${start}px)`, height }}
                className="absolute inset-x-0 top-0 flex items-center px-2 font-mono text-xs"
              >
                <span className="min-w-0 flex-1 truncate">{id}</span>
                {remove && (
                  <button
                    type="button"
                    aria-label={`Remove ${id}`}
                    onClick={() => remove(id)}
                    className="grid size-6 place-items-center rounded-md text-faint hover:bg-hover hover:text-danger"
                  >
                    <X aria-hidden className="size-3.5" />
                  </button>
                )}
              </li>
            )
          );
        })}
      </ul>
    </section>
  );
}
