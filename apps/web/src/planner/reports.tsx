import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { AreaField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import type { Report } from "./files/read.ts";
import type { Intake } from "./intake.ts";

/** What became of the files just read, where there is more to say than "all of it". */
export function Reports({ intake }: { intake: Intake }) {
  return (
    <section aria-label="Files read" className="flex flex-col gap-2 border-b border-line p-3">
      {intake.reports.map((report) => (
        <One key={report.name} report={report} intake={intake} />
      ))}
      <Button size="small" kind="quiet" className="self-end" onClick={intake.dismiss}>
        Dismiss
      </Button>
    </section>
  );
}

const mostLines = 8;

function One({ report, intake }: { report: Report; intake: Intake }) {
  const { name, took, notes, problem, refused, retry } = report;
  if (problem !== null)
    return (
      <Notice tone="error" title={`${name} could not be read`}>
        {problem} Nothing was changed.
      </Notice>
    );

  const lines = [...refused.map(({ where, problems }) => `${where}: ${problems.join("; ")}`), ...notes];
  const title = refused.length > 0 ? `${name}: ${took}, ${refused.length} not taken` : `${name}: ${took}`;
  return (
    <Notice tone={refused.length > 0 ? "warning" : "info"} title={title}>
      <ul className="mt-1 flex flex-col gap-0.5 text-xs wrap-anywhere">
        {lines.slice(0, mostLines).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {lines.length > mostLines && (
        <details className="mt-1 text-xs">
          <summary>{lines.length - mostLines} more</summary>
          <ul className="mt-1 flex flex-col gap-0.5 wrap-anywhere">
            {lines.slice(mostLines).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      )}
      {retry && <Correct key={retry.text} name={retry.name} text={retry.text} intake={intake} />}
    </Notice>
  );
}

/** The rows that were not taken, to be corrected in place. */
function Correct({ name, text, intake }: { name: string; text: string; intake: Intake }) {
  const [edited, setEdited] = useState(text);
  return (
    <div className="mt-2 flex flex-col items-start gap-2">
      <AreaField
        label="Correct them here"
        className="w-full"
        rows={Math.min(8, edited.split("\n").length + 1)}
        spellCheck={false}
        value={edited}
        onChange={(event) => setEdited(event.target.value)}
      />
      <Button size="small" onClick={() => void intake.takeTexts([{ name, text: edited }])}>
        Read them again
      </Button>
    </div>
  );
}
