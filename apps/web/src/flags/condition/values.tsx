import type { Scalar } from "@beq/flags";
import { X } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, useState } from "react";
import { type Kind, partsIn, scalarIn } from "./scalar.ts";

const mostShown = 40;

type Props = {
  label: string;
  values: readonly Scalar[];
  kind: Kind;
  onChange: (values: readonly Scalar[]) => void;
  problem?: string | undefined;
  placeholder?: string;
};

/** A list of values: typed one by one with Enter or a comma, or pasted; Backspace takes the last one off. */
export function Values({ label, values, kind, onChange, problem, placeholder = "add" }: Props) {
  const [typed, setTyped] = useState("");
  const isWrong = typed !== "" && partsIn(typed).some((part) => scalarIn(part, kind) === undefined);
  const take = (text: string) => {
    const added = partsIn(text).flatMap((part) => scalarIn(part, kind) ?? []);
    if (added.length > 0) onChange([...new Set([...values, ...added])]);
    setTyped("");
  };
  const pressed = (event: KeyboardEvent) => {
    if ((event.key === "Enter" || event.key === ",") && typed !== "") {
      event.preventDefault();
      if (!isWrong) take(typed);
    }
    if (event.key === "Backspace" && typed === "" && values.length > 0) onChange(values.slice(0, -1));
  };
  const pasted = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text");
    if (partsIn(text).length < 2) return;
    event.preventDefault();
    take(text);
  };
  const wrong = isWrong ? `This is not a ${kind === "number" ? "number" : "yes or a no"}` : problem;
  return (
    <span
      className={`inline-flex min-h-7 min-w-32 flex-1 flex-wrap items-center gap-1 rounded-md border bg-surface px-1 py-0.5 ${wrong ? "border-danger" : "border-line focus-within:border-edge"}`}
    >
      {values.slice(0, mostShown).map((value, index) => (
        <Chip key={JSON.stringify(value)} value={value} remove={() => onChange(values.toSpliced(index, 1))} />
      ))}
      {values.length > mostShown && (
        <span className="px-1 text-xs text-muted">and {(values.length - mostShown).toLocaleString("en")} more</span>
      )}
      <input
        aria-label={label}
        aria-invalid={wrong ? true : undefined}
        title={wrong}
        value={typed}
        placeholder={values.length === 0 ? placeholder : ""}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={pressed}
        onPaste={pasted}
        onBlur={() => {
          if (!isWrong) take(typed);
        }}
        className="h-6 w-16 min-w-16 flex-1 rounded-sm bg-transparent px-1 text-sm placeholder:text-faint"
      />
    </span>
  );
}

function Chip({ value, remove }: { value: Scalar; remove: () => void }) {
  return (
    <span className="inline-flex h-6 max-w-full items-center rounded-sm bg-busy pl-1.5 text-xs text-busy-ink">
      <span className="truncate">{typeof value === "string" ? value : JSON.stringify(value)}</span>
      <button
        type="button"
        aria-label={`Remove ${String(value)}`}
        onClick={remove}
        className="grid size-6 place-items-center rounded-sm text-muted hover:text-ink"
      >
        <X aria-hidden className="size-3" />
      </button>
    </span>
  );
}
