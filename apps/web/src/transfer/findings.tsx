import { type Finding, jsonPath } from "@beq/flags/exchange";

const sections = [
  { level: "refused", title: "Not carried over", open: true },
  { level: "differs", title: "Can answer differently", open: true },
  { level: "note", title: "Left behind, no answer changes", open: false },
] as const;

/** Everything that could not be carried over exactly, the gravest first, by name and place. */
export function Findings({ findings, verb }: { findings: readonly Finding[]; verb: "imported" | "exported" }) {
  if (findings.length === 0)
    return <p className="text-sm text-muted">Nothing was left behind: every answer stays the same.</p>;
  return (
    <section className="flex flex-col gap-2" aria-label={`What could not be ${verb} exactly`}>
      {sections.map(({ level, title, open }) => (
        <Section key={level} title={title} open={open} findings={findings.filter((one) => one.level === level)} />
      ))}
    </section>
  );
}

function Section({ title, open, findings }: { title: string; open: boolean; findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <details open={open} className="rounded-md border border-line text-sm">
      <summary className="px-3 py-2 font-medium">
        {title} <span className="font-normal text-muted">{findings.length}</span>
      </summary>
      <ul className="flex max-h-72 flex-col gap-2 overflow-y-auto border-t border-line px-3 py-2 text-xs">
        {findings.map(({ name, path, message }) => (
          <li key={`${name} ${path.join("/")} ${message}`} className="wrap-anywhere">
            {name && <span className="font-mono font-medium">{name}: </span>}
            {message}
            <code className="block text-2xs text-faint">{jsonPath(path)}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
