import { FileUp } from "lucide-react";
import { useRef, useState } from "react";
import { useCommands } from "../shell/services.ts";
import { Button } from "../ui/button.tsx";
import { AreaField } from "../ui/field.tsx";
import { Keys } from "../ui/kbd.tsx";
import { Notice } from "../ui/notice.tsx";
import { useDrop } from "./drop.ts";
import { type Format, guessFormat, readDocument } from "./guess.ts";
import { Preview } from "./preview.tsx";

/** Picks a document; the rest follows once it is read. */
export function Import() {
  const [read, setRead] = useState<{ name: string; document: unknown; format: Format | null } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const take = (name: string, text: string) => {
    const result = readDocument(text);
    setProblem(result.ok ? null : `${name}: ${result.problem}`);
    if (result.ok) setRead({ name, document: result.document, format: guessFormat(result.document) });
  };
  return (
    <section aria-labelledby="import" className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      <h2 id="import" className="font-medium">
        Import
      </h2>
      {read === null ? (
        <Source take={take} />
      ) : (
        <Preview
          key={read.name}
          name={read.name}
          document={read.document}
          guessed={read.format}
          leave={() => setRead(null)}
        />
      )}
      {problem !== null && (
        <Notice tone="error" title={problem}>
          Nothing was changed. Choose another file, or correct it and paste it here.
        </Notice>
      )}
    </section>
  );
}

function Source({ take }: { take: (name: string, text: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const pick = () => input.current?.click();
  useCommands([{ id: "import-file", title: "Import flags from a file", section: "Flags", keys: "i", run: pick }]);
  const takeFile = (file: File | undefined) => void file?.text().then((text) => take(file.name, text));
  useDrop(takeFile);
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-muted">
        A flag set of another BeQ, or an export of flagd, Unleash, GrowthBook, LaunchDarkly or Flagsmith. You see what
        would change before anything does, and no user changes variant.
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={pick}>
          <FileUp aria-hidden className="size-4" />
          Choose a file
          <Keys keys="i" className="text-faint max-sm:hidden" />
        </Button>
        <input
          ref={input}
          type="file"
          aria-label="File to import"
          accept=".json,application/json"
          className="sr-only"
          tabIndex={-1}
          onChange={({ target }) => {
            takeFile(target.files?.[0]);
            target.value = "";
          }}
        />
        <span className="text-xs text-faint max-sm:hidden">or drop it anywhere on this page</span>
      </div>
      <AreaField
        label="Or paste it"
        rows={4}
        spellCheck={false}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {text.trim() !== "" && (
        <Button kind="primary" className="self-start" onClick={() => take("What you pasted", text)}>
          Show what would change
        </Button>
      )}
    </div>
  );
}
