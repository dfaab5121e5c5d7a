import { type ReactNode, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Check, TextField } from "../ui/field.tsx";

type Item = { id: string; title: ReactNode; body?: ReactNode };
type Props = {
  label: string;
  items: readonly Item[];
  picked: ReadonlySet<string>;
  pick: (picked: ReadonlySet<string>) => void;
};

const mostShown = 200;

/** Items to choose from, with a filter by name where there are many. */
export function Picker({ label, items, picked, pick }: Props) {
  const [filter, setFilter] = useState("");
  const found = items.filter(({ id }) => id.toLowerCase().includes(filter.trim().toLowerCase()));
  const all = (isPicked: boolean) => {
    const next = new Set(picked);
    for (const { id } of found) {
      if (isPicked) next.add(id);
      else next.delete(id);
    }
    pick(next);
  };
  const one = (id: string, isPicked: boolean) => {
    const next = new Set(picked);
    if (isPicked) next.add(id);
    else next.delete(id);
    pick(next);
  };
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="sr-only">{label}</legend>
      <div className="flex flex-wrap items-end gap-2">
        {items.length > 8 && (
          <TextField
            label="Find"
            type="search"
            className="w-56"
            value={filter}
            onChange={({ target }) => setFilter(target.value)}
          />
        )}
        <Button size="small" className="h-8" onClick={() => all(true)}>
          Choose {filter ? "found" : "all"}
        </Button>
        <Button size="small" className="h-8" onClick={() => all(false)}>
          Choose none
        </Button>
        <span className="text-xs leading-8 text-muted">
          {picked.size} of {items.length} chosen
        </span>
      </div>
      <ul className="flex max-h-128 flex-col divide-y divide-line overflow-y-auto rounded-md border border-line">
        {found.slice(0, mostShown).map(({ id, title, body }) => (
          <li key={id} className="px-3 py-2">
            <Check
              label={<span className="min-w-0 wrap-anywhere">{title}</span>}
              checked={picked.has(id)}
              onChange={({ target }) => one(id, target.checked)}
            />
            {body && <div className="mt-1 pl-6">{body}</div>}
          </li>
        ))}
      </ul>
      {found.length > mostShown && (
        <p className="text-xs text-muted">
          {found.length - mostShown} more are not shown; find them by name. “Choose” reaches them too.
        </p>
      )}
    </fieldset>
  );
}
