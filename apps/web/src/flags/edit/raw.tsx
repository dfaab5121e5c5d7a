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
      value={shown as unknown as Json}
      refuse={refuse}
      onChange={take}
    />
  );
}
