import { type ClipboardEvent, useMemo, useRef, useState } from "react";
import { useServices } from "../../shell/services.ts";
import { Button } from "../../ui/button.tsx";
import { Input } from "../../ui/compact.tsx";
import { mostIds, readIds, report, withIds, withoutIds } from "./ids.ts";
import { Members } from "./members.tsx";

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
      <Members ids={shown} remove={disabled ? null : (id) => onChange(withoutIds(ids, [id]))} />
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
