import { differences, type Flag } from "@beq/flags";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { lineOf } from "../save/wording.ts";
import type { Current } from "../draft/draft.ts";

type Props = { current: Current<Flag>; from: Flag | null; merge: () => void };

/** Says, while somebody edits, that another version has been saved. */
export function Stale({ current, from, merge }: Props) {
  const places = differences(from ?? undefined, current.value ?? undefined).map(
    (difference) => lineOf(difference).place,
  );
  return (
    <Notice
      tone="warning"
      title="Somebody saved another version while you edited"
      action={
        <Button size="small" onClick={merge}>
          See it and bring both together
        </Button>
      }
    >
      {current.value === null
        ? "It was removed."
        : `Changed there: ${[...new Set(places)].join(", ") || "nothing visible"}.`}{" "}
      What you typed is kept.
    </Notice>
  );
}
