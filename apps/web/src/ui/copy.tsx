import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "./button.tsx";

/** A value that is shown once: the person copies it before going on. */
export function Once({ label, value }: { label: string; value: string }) {
  const [isCopied, setCopied] = useState(false);
  // Browsers have a clipboard for pages on this machine and over TLS only.
  const clipboard: Clipboard | undefined = navigator.clipboard;
  const copy = () =>
    void clipboard?.writeText(value).then(
      () => setCopied(true),
      // Not allowed: the value stands there and one click selects it whole.
      () => setCopied(false),
    );
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
        {clipboard && (
          <Button onClick={copy} aria-label={`Copy ${label.toLowerCase()}`}>
            {isCopied ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}
            {isCopied ? "Copied" : "Copy"}
          </Button>
        )}
      </div>
    </div>
  );
}
