import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Differences } from "../review/differences.tsx";
import { Failed } from "../shell/failed.tsx";
import { type Outputs, trpc } from "../trpc.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { SelectField } from "../ui/field.tsx";
import { Waiting } from "../ui/list.tsx";
import { Notice } from "../ui/notice.tsx";
import { Apply } from "./apply.tsx";
import { Arriving } from "./arriving.tsx";
import { Findings } from "./findings.tsx";
import { type Format, formats } from "./guess.ts";
import { Picker } from "./picker.tsx";

export type ImportPreview = Outputs["flags"]["previewImport"];
type Item = ImportPreview["items"][number];
type Value = ImportPreview["edits"][number]["value"];
type Props = { name: string; document: unknown; guessed: Format | null; leave: () => void };

/** What an import would change, item by item, before it does. */
export function Preview({ name, document, guessed, leave }: Props) {
  const [format, setFormat] = useState<Format | "">(guessed ?? "");
  return (
    <>
      <div className="flex flex-wrap items-end gap-3">
        <p className="min-w-40 flex-1 text-sm wrap-anywhere">
          <span className="font-medium">{name}</span>
          <span className="block text-xs text-muted">
            {guessed ? `It looks like an export of ${formats[guessed]}.` : "Say which system it comes from."}
          </span>
        </p>
        <SelectField
          label="Format"
          className="w-44"
          value={format}
          onChange={({ target }) => setFormat(target.value as Format | "")}
        >
          {format === "" && <option value="">Choose…</option>}
          {Object.entries(formats).map(([id, title]) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </SelectField>
        <Button onClick={leave}>Another file</Button>
      </div>
      {format !== "" && <Asked key={format} format={format} document={document} leave={leave} />}
    </>
  );
}

function Asked({ format, document, leave }: { format: Format; document: unknown; leave: () => void }) {
  const { client } = trpc.useUtils();
  const id = useId();
  // The document can be large, and is no key for anything: what is asked here is told apart by its place.
  const preview = useQuery({
    queryKey: ["import", id],
    queryFn: () => client.flags.previewImport.mutate({ format, document }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (preview.isPending) return <Waiting />;
  if (preview.error)
    return <Failed what="What would change" error={preview.error} retry={() => void preview.refetch()} />;
  return <Ready preview={preview.data} leave={leave} again={() => void preview.refetch()} />;
}

function Ready({ preview, leave, again }: { preview: ImportPreview; leave: () => void; again: () => void }) {
  const { items, report } = preview;
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set(items.map(idOf)));
  const same = report.flags + report.segments - items.length;
  return (
    <>
      <h3 className="text-sm font-medium">
        {items.length === 0 ? "Nothing would change" : `${items.length} would change`}
        {items.length > 0 && same > 0 && <span className="font-normal text-muted">, {same} are the same already</span>}
      </h3>
      <Findings findings={report.findings} verb="imported" />
      {preview.problems.length > 0 && (
        <Notice tone="error" title="Some of it does not fit together">
          <ul className="text-xs wrap-anywhere">
            {preview.problems.slice(0, 10).map(({ path, message }) => (
              <li key={`${path.join("/")} ${message}`}>
                <code>{path.join(" · ")}</code>: {message}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {items.length > 0 && (
        <>
          <Picker
            label="What to apply"
            items={items.map((item) => ({
              id: idOf(item),
              title: <Title item={item} />,
              body: <Body item={item} value={valueOf(preview, item)} />,
            }))}
            picked={picked}
            pick={setPicked}
          />
          <Apply
            edits={preview.edits.filter((edit) => picked.has(idOf(edit)))}
            from={report.format}
            done={leave}
            again={again}
          />
        </>
      )}
    </>
  );
}

function Title({ item }: { item: Item }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <span className="font-mono text-xs font-medium">{item.key}</span>
      {item.kind === "segment" && <Badge>Segment</Badge>}
      {item.created && <Badge tone="accent">New</Badge>}
    </span>
  );
}

function Body({ item, value }: { item: Item; value: Value }) {
  return item.created && value ? <Arriving value={value} /> : <Differences list={item.differences} />;
}

function valueOf({ edits }: ImportPreview, item: Item): Value {
  return edits.find((edit) => idOf(edit) === idOf(item))?.value ?? null;
}

function idOf({ kind, key }: { kind: string; key: string }): string {
  return `${kind} ${key}`;
}
