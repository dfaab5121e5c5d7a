import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "./button.tsx";

/** A value that is shown once: the person copies it before going on. */
export function Once({ label, value, copied }: { label: string; value: string; copied?: () => void }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    copied?.();
  };
  return (
    <div>
      <p className="mb-1 text-xs text-muted">{label}</p>
      <div className="flex items-start gap-2">
        <code
          data-once
          className="min-w-0 flex-1 rounded-md border border-line bg-sunken px-2 py-1.5 text-xs break-all select-all"
        >
          {value}
        </code>
        <Button onClick={() => void copy()} aria-label={`Copy ${label.toLowerCase()}`}>
          {isCopied ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}
          {isCopied ? "Copied" : "Copy"}
        </Button>
      </div>
    </div>
  );
}
