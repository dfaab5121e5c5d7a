import type { FlagRow } from "../wire.ts";

export const orders = ["key", "changed", "evaluated", "stale"] as const;
export type Order = (typeof orders)[number];

/** What the list is narrowed to; everything is kept in the page's address, so that it can be shared. */
export type Filter = {
  q?: string;
  type?: FlagRow["type"];
  state?: "on" | "off";
  tag?: string;
  owner?: string;
  stale?: boolean;
  sort?: Order;
};

/** A filter from the parts of an address; what makes no sense is left out. */
export function filterIn(search: Readonly<Record<string, unknown>>): Filter {
  const text = (name: string) => (typeof search[name] === "string" && search[name] !== "" ? search[name] : undefined);
  const one = <T extends string>(name: string, known: readonly T[]) => known.find((value) => value === search[name]);
  const filter = {
    q: text("q"),
    type: one("type", ["boolean", "string", "number", "json"] as const),
    state: one("state", ["on", "off"] as const),
    tag: text("tag"),
    owner: text("owner"),
    stale: search["stale"] === true ? true : undefined,
    sort: one("sort", orders),
  };
  // Only what is set: addresses stay short.
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as Filter;
}

/** The flags that the filter lets through, in its order. Every word of the search must be found somewhere. */
export function shownRows(rows: readonly FlagRow[], filter: Filter): FlagRow[] {
  const words = (filter.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const passes = (row: FlagRow) =>
    (filter.type === undefined || row.type === filter.type) &&
    (filter.state === undefined || row.enabled === (filter.state === "on")) &&
    (filter.tag === undefined || row.tags.includes(filter.tag)) &&
    (filter.owner === undefined || row.owner === filter.owner) &&
    (!filter.stale || row.stale !== null) &&
    words.every((word) => textOf(row).includes(word));
  return rows.filter(passes).sort(comparing[filter.sort ?? "key"]);
}

/** Every tag and owner in use, for the filter's choices. */
export function choicesIn(rows: readonly FlagRow[]): { tags: string[]; owners: string[] } {
  const sorted = (values: Iterable<string>) => [...new Set(values)].filter(Boolean).sort();
  return { tags: sorted(rows.flatMap(({ tags }) => tags)), owners: sorted(rows.map(({ owner }) => owner)) };
}

function textOf({ key, description, tags, owner }: FlagRow): string {
  return `${key} ${description} ${tags.join(" ")} ${owner}`.toLowerCase();
}

const byKey = (a: FlagRow, b: FlagRow) => (a.key < b.key ? -1 : 1);
const latest = (a: string | null, b: string | null) => (b ?? "").localeCompare(a ?? "");

const comparing: Record<Order, (a: FlagRow, b: FlagRow) => number> = {
  key: byKey,
  changed: (a, b) => latest(a.changed_at, b.changed_at) || byKey(a, b),
  evaluated: (a, b) => latest(a.last_evaluated_at, b.last_evaluated_at) || byKey(a, b),
  stale: (a, b) => Number(b.stale !== null) - Number(a.stale !== null) || byKey(a, b),
};
