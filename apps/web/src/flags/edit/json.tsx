import type { Json } from "@beq/flags";
import { useState } from "react";
import { AreaField } from "../../ui/field.tsx";
import { useBroken } from "./broken.ts";

type Props = {
  label: string;
  value: Json;
  onChange: (value: Json) => void;
  /** Whether a value that is JSON is the right kind of thing here; the message where it is not. */
  refuse?: (value: Json) => string | null;
  problem?: string | undefined;
  rows?: number;
};

/** A value as JSON. It counts as soon as what is typed is JSON; until then the text is kept and said to be none. */
export function JsonField({ label, value, onChange, refuse = () => null, problem, rows = 4 }: Props) {
  const [typed, setTyped] = useState<{ text: string; fault: string | null } | null>(null);
  useBroken(typed?.fault ?? null);
  const read = (text: string) => {
    const { json, fault } = parsed(text, refuse);
    setTyped({ text, fault });
    if (json !== undefined) onChange(json);
  };
  return (
    <AreaField
      label={label}
      rows={rows}
      spellCheck={false}
      className="[&_textarea]:font-mono"
      value={typed?.text ?? JSON.stringify(value, null, 2)}
      problem={typed?.fault ?? problem}
      onChange={({ target }) => read(target.value)}
      onBlur={() => {
        if (typed?.fault === null) setTyped(null);
      }}
    />
  );
}

function parsed(text: string, refuse: (value: Json) => string | null): { json?: Json; fault: string | null } {
  try {
    // JSON.parse gives what Json describes.
    const json = JSON.parse(text) as Json;
    const fault = refuse(json);
    return fault === null ? { json, fault } : { fault };
  } catch (error) {
    return { fault: `Not JSON yet: ${error instanceof Error ? error.message : String(error)}` };
  }
}
