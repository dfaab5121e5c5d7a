import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { refusalOf, wordsOf } from "../../shell/refusal.ts";
import { useServices } from "../../shell/services.ts";
import { trpc } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import type { Edit } from "../wire.ts";

type Props = { edits: Edit[]; comment: string; back: () => void; planned: () => void };

const zones = Intl.supportedValuesOf("timeZone");

/** The same change at a moment on somebody's wall clock. */
export function Later({ edits, comment, back, planned }: Props) {
  const { toasts } = useServices();
  const queries = useQueryClient();
  const planning = trpc.flags.schedule.useMutation();
  const [zone, setZone] = useState(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [time, setTime] = useState("");
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const isZone = zones.includes(zone) || zone === "UTC";
  const submit = async () => {
    // Its refusal is shown below, from the mutation.
    const plan = await planning.mutateAsync({ edits, comment, local_time: time, zone }).catch(() => null);
    if (!plan) return;
    const when = `${time.replace("T", " ")} in ${zone.replaceAll("_", " ")}`;
    const what = plan.state === "planned" ? `Planned for ${when}.` : `Asked for approval, for ${when}.`;
    toasts.show([what, plan.note].filter(Boolean).join(" "));
    await queries.invalidateQueries({ queryKey: [["flags"]] });
    planned();
  };
  return (
    <fieldset className="flex flex-col gap-3 rounded-md border border-line p-3">
      <legend className="px-1 text-xs text-muted">When</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          type="datetime-local"
          label="Date and time there"
          ref={first}
          value={time}
          onChange={({ target }) => setTime(target.value)}
        />
        <TextField
          label="Zone"
          list="zones"
          value={zone}
          problem={isZone ? undefined : "There is no such zone; pick one from the list"}
          onChange={({ target }) => setZone(target.value)}
        />
        <datalist id="zones">
          {zones.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </datalist>
      </div>
      {planning.error && <Notice tone="error" title={wordsOf(refusalOf(planning.error))} />}
      <div className="flex flex-wrap gap-2">
        <Button kind="primary" disabled={time === "" || !isZone || planning.isPending} onClick={() => void submit()}>
          Plan it
        </Button>
        <Button kind="quiet" onClick={back}>
          Save now instead
        </Button>
      </div>
    </fieldset>
  );
}
