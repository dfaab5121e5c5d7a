import type { Json } from "@beq/flags";
import type { Document } from "../wire.ts";
import { JsonField } from "./json.tsx";

export type Reading<T> = { value: T } | { fault: string };

type Props<T extends Document> = { value: T; change: (next: T) => void; read: (json: Json) => Reading<T> };

/** The document itself, for those who know it. What is typed is the draft as soon as it is one that could be saved. */
export function Raw<T extends Document>({ value, change, read }: Props<T>) {
  // `version` is counted by the server; showing it would invite to change it.
  const { version, ...shown } = { version: undefined, ...value };
  const refuse = (json: Json) => {
    const reading = read(json);
    return "fault" in reading ? reading.fault : null;
  };
  const take = (json: Json) => {
    const reading = read(json);
    if ("value" in reading) change({ ...reading.value, ...(version === undefined ? {} : { version }) });
  };
  return (
    <JsonField
      label="The whole document"
      rows={Math.min(40, JSON.stringify(shown, null, 2).split("\n").length + 1)}
      // Documents are JSON.
      value={ordered(shown as unknown as Json)}
      refuse={refuse}
      onChange={take}
    />
  );
}

const order = [
  ..."description type schema enabled variants off requires rules otherwise bucketing owner tags lifetime".split(" "),
  ..."id when by ids attribute op value values pattern ignore_case serve split weights variant weight".split(" "),
];

/** The members in the order in which one reads a flag; databases keep them in another. */
function ordered(json: Json): Json {
  if (isList(json)) return json.map(ordered);
  if (typeof json !== "object" || json === null) return json;

  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  const members = Object.entries(json).toSorted(([a], [b]) => rank(a) - rank(b));
  return Object.fromEntries(members.map(([name, value]) => [name, ordered(value)]));
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}
