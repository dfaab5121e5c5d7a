import type { Flag, FlagSet, Segment } from "../model.ts";
import { parseFlagSet, problemLine } from "../parse.ts";
import type { PatternEngine } from "../operator.ts";
import { reportDependents } from "./dependents.ts";
import type { Findings, Imported, Path } from "./report.ts";

/** What an importer made of a document, and where in it each part stands. */
export interface Draft {
  readonly format: string;
  readonly flags: { readonly [key: string]: Flag };
  readonly segments: { readonly [name: string]: Segment };
  readonly findings: Findings;
  pathOf(kind: "flags" | "segments", name: string): Path;
}

/**
 * Makes the set of an import: what does not parse in our own format (a name too long, a ring of requirements), and what
 * needs something that does not, is refused with the reason.
 */
export function settle(draft: Draft, patterns: PatternEngine): Imported {
  const flags = { ...draft.flags };
  const segments = { ...draft.segments };
  const kinds = { flags, segments };

  for (;;) {
    const parsed = parseFlagSet({ version: 1, flags, segments }, patterns);
    if (parsed.ok) {
      reportDependents(parsed.flagSet, draft.findings, (key) => draft.pathOf("flags", key));
      return finished(draft, parsed.flagSet);
    }

    for (const problem of parsed.problems) {
      const [kind, name] = problem.path;
      if ((kind !== "flags" && kind !== "segments") || typeof name !== "string") return refuseAll(draft, problem);
      draft.findings.refused(name, draft.pathOf(kind, name), problemLine({ ...problem, path: problem.path.slice(2) }));
      delete kinds[kind][name];
    }
  }
}

function refuseAll(draft: Draft, problem: Parameters<typeof problemLine>[0]): Imported {
  draft.findings.refused("", [], problemLine(problem));
  return finished(draft, { version: 1, flags: {}, segments: {} });
}

/** The answer for a document that could not be read. */
export function unread(format: string, findings: Findings): Imported {
  return finished({ format, findings }, { version: 1, flags: {}, segments: {} });
}

function finished({ format, findings }: Pick<Draft, "format" | "findings">, flagSet: FlagSet): Imported {
  const { flags, segments } = flagSet;
  const counts = { flags: Object.keys(flags).length, segments: Object.keys(segments).length };
  return { flagSet, report: { format, ...counts, findings: findings.all } };
}
