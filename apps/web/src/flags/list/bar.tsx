import { Search } from "lucide-react";
import type { KeyboardEvent, RefObject } from "react";
import { Select } from "../../ui/compact.tsx";
import { Keys } from "../../ui/kbd.tsx";
import { type Filter, filterIn } from "./filter.ts";

type Props = {
  filter: Filter;
  choices: { tags: readonly string[]; owners: readonly string[] };
  field: RefObject<HTMLInputElement | null>;
  narrow: (next: Filter) => void;
  intoList: () => void;
  openFirst: () => void;
};

const choice = "h-8 max-w-40 shrink-0 text-muted";

/** Search and filters over the list. */
export function Bar({ filter, choices, field, narrow, intoList, openFirst }: Props) {
  const set = (name: keyof Filter, value: string | boolean) => narrow(filterIn({ ...filter, [name]: value }));
  const pressed = (event: KeyboardEvent) => {
    const keys: Record<string, () => void> = {
      ArrowDown: intoList,
      Enter: openFirst,
      Escape: () => field.current?.blur(),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <search className="flex flex-wrap items-center gap-2">
      <label className="relative min-w-56 flex-1">
        <span className="sr-only">Search flags</span>
        <Search aria-hidden className="absolute top-2 left-2 size-4 text-faint" />
        <input
          ref={field}
          type="search"
          placeholder="Search key, description, tag, owner"
          value={filter.q ?? ""}
          onChange={({ target }) => set("q", target.value)}
          onKeyDown={pressed}
          className="h-8 w-full rounded-md border border-line bg-surface pr-8 pl-8 text-sm placeholder:text-faint hover:border-edge"
        />
        {!filter.q && <Keys keys="/" className="absolute top-2 right-2 text-faint max-sm:hidden" />}
      </label>
      <div className="flex max-w-full items-center gap-2 overflow-x-auto p-0.5">
        <Choice label="State" value={filter.state} none="on and off" set={(value) => set("state", value)}>
          {["on", "off"]}
        </Choice>
        <Choice label="Type" value={filter.type} none="any type" set={(value) => set("type", value)}>
          {["boolean", "string", "number", "json"]}
        </Choice>
        {choices.tags.length > 0 && (
          <Choice label="Tag" value={filter.tag} none="any tag" set={(value) => set("tag", value)}>
            {choices.tags}
          </Choice>
        )}
        {choices.owners.length > 0 && (
          <Choice label="Owner" value={filter.owner} none="any owner" set={(value) => set("owner", value)}>
            {choices.owners}
          </Choice>
        )}
        <Select
          aria-label="Order"
          value={filter.sort ?? "key"}
          onChange={({ target }) => set("sort", target.value === "key" ? "" : target.value)}
          className={choice}
        >
          <option value="key">by key</option>
          <option value="changed">last changed first</option>
          <option value="evaluated">last asked for first</option>
          <option value="stale">stale ones first</option>
        </Select>
        <label className="flex h-8 shrink-0 items-center gap-1.5 text-sm text-muted">
          <input
            type="checkbox"
            className="size-4 accent-(--color-accent)"
            checked={filter.stale ?? false}
            onChange={({ target }) => set("stale", target.checked)}
          />
          stale only
        </label>
      </div>
    </search>
  );
}

type ChoiceProps = {
  label: string;
  value: string | undefined;
  none: string;
  set: (value: string) => void;
  children: readonly string[];
};

function Choice({ label, value, none, set, children }: ChoiceProps) {
  return (
    <Select aria-label={label} value={value ?? ""} onChange={({ target }) => set(target.value)} className={choice}>
      <option value="">{none}</option>
      {children.map((one) => (
        <option key={one}>{one}</option>
      ))}
    </Select>
  );
}
