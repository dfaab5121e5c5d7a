import type { Report } from "@beq/flags/exchange";
import { Download } from "lucide-react";
import { useState } from "react";
import { refusalOf, wordsOf } from "../shell/refusal.ts";
import { useServices } from "../shell/services.ts";
import { trpc } from "../trpc.ts";
import { Button } from "../ui/button.tsx";
import { Check, SelectField } from "../ui/field.tsx";
import { Findings } from "./findings.tsx";
import { Picker } from "./picker.tsx";
import { saveFile } from "./save.ts";

type Kind = "beq" | "flagd";

/** Everything, or some flags with the segments that they need, as a file. */
export function Export() {
  const { toasts } = useServices();
  const { client } = trpc.useUtils();
  const flags = trpc.flags.list.useQuery();
  const [format, setFormat] = useState<Kind>("beq");
  const [picked, setPicked] = useState<ReadonlySet<string> | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const keys = flags.data?.flags.map(({ key }) => key) ?? [];
  const download = async () => {
    try {
      const { document, report } = await client.flags.export.query({
        format,
        ...(picked ? { keys: [...picked] } : {}),
      });
      saveFile(format === "beq" ? "beq-flags.json" : "flagd.json", `${JSON.stringify(document, null, 2)}\n`);
      setReport(report);
    } catch (error) {
      toasts.show(wordsOf(refusalOf(error)));
    }
  };
  return (
    <section aria-labelledby="export" className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      <h2 id="export" className="font-medium">
        Export
      </h2>
      <SelectField
        label="Format"
        className="max-w-xs"
        value={format}
        onChange={({ target }) => setFormat(target.value as Kind)}
      >
        <option value="beq">BeQ: everything, for another BeQ</option>
        <option value="flagd">flagd: for OpenFeature's daemon</option>
      </SelectField>
      <Check
        label={`All ${keys.length} flags and their segments`}
        checked={picked === null}
        onChange={({ target }) => setPicked(target.checked ? null : new Set())}
      />
      {picked && (
        <Picker
          label="Flags to export"
          items={keys.map((key) => ({ id: key, title: key }))}
          picked={picked}
          pick={setPicked}
        />
      )}
      <Button kind="primary" className="self-start" disabled={picked?.size === 0} onClick={() => void download()}>
        <Download aria-hidden className="size-4" />
        Download
      </Button>
      {report && report.findings.length > 0 && <Findings findings={report.findings} verb="exported" />}
    </section>
  );
}
