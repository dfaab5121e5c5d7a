import type { Flag } from "@beq/flags";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Keys } from "../ui/kbd.tsx";
import { Modal } from "../ui/modal.tsx";
import { Notice } from "../ui/notice.tsx";
import { refusalOf, wordsOf } from "../shell/refusal.ts";
import { trpc } from "../trpc.ts";
import { type Outcome, useActs } from "./act.ts";

type Props = { flagKey: string; isOn: boolean; close: () => void; switched?: (flag: Flag, version: number) => void };

/** The kill switch: asked once, so that no single slip of a key turns something off for everybody. Enter does it. */
export function KillSwitch({ flagKey, isOn: isOnNow, close, switched }: Props) {
  const { flags } = trpc.useUtils();
  // What was asked stays what is asked, also when the answer is in force before this closes.
  const [isOn] = useState(isOnNow);
  const { save } = useActs();
  const [comment, setComment] = useState("");
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [isBusy, setBusy] = useState(false);
  const flip = async () => {
    if (isBusy) return;
    setBusy(true);
    const made = await switchTo(!isOn);
    setBusy(false);
    setOutcome(made);
    if (made.kind === "applied" || made.kind === "requested") close();
  };
  const switchTo = async (enabled: boolean): Promise<Outcome> => {
    try {
      const { flag, version } = await flags.get.fetch({ key: flagKey }, { staleTime: 0 });
      const value: Flag = { ...flag, enabled };
      const edit = { kind: "flag" as const, key: flagKey, base: version, value };
      const made = await save([edit], comment, `${flagKey} is ${enabled ? "on again" : "off for everybody"}.`);
      if (made.kind === "applied") switched?.(value, made.version);
      return made;
    } catch (error) {
      return { kind: "refused", refusal: refusalOf(error) };
    }
  };
  return (
    <Modal title={`${isOn ? "Switch off" : "Switch on"} ${flagKey}?`} close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void flip();
        }}
        className="flex flex-col gap-3"
      >
        <p className="text-sm text-muted">
          {isOn
            ? "Everybody gets what it serves when off, at once, whatever the rules say."
            : "Its rules decide again, at once."}
        </p>
        <TextField label="Why" hint="optional" value={comment} onChange={({ target }) => setComment(target.value)} />
        {outcome !== null && "refusal" in outcome && (
          <Notice tone="error" title={wordsOf(outcome.refusal)}>
            {outcome.kind === "conflict" && "Somebody saved it at this moment. Look again and try once more."}
          </Notice>
        )}
        <div className="flex gap-2">
          <Button type="submit" kind={isOn ? "danger" : "primary"} disabled={isBusy}>
            {isOn ? "Switch off" : "Switch on"}
            <Keys keys="enter" />
          </Button>
          <Button onClick={close}>Cancel</Button>
        </div>
      </form>
    </Modal>
  );
}
