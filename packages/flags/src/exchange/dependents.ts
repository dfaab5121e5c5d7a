import type { Flag, FlagSet } from "../model.ts";
import { flagsOf, leaves, segmentsOf } from "../reads.ts";
import type { Findings, Path } from "./report.ts";

/** Reports the flags that rest on a flag or segment that can answer differently, over any number of steps. */
export function reportDependents(set: FlagSet, findings: Findings, pathOf: (key: string) => Path): void {
  const differing = new Set(findings.all.filter(({ level }) => level === "differs").map(({ name }) => name));
  const uses = new Map([
    ...Object.entries(set.segments).map(([name, segment]) => [name, segmentsOf(segment)] as const),
    ...Object.entries(set.flags).map(([key, flag]) => [key, [...flagsOf(flag), ...segmentsIn(flag)]] as const),
  ]);

  for (let size = -1; size !== differing.size;) {
    size = differing.size;
    for (const [name, used] of uses) {
      const cause = differing.has(name) ? undefined : used.find((one) => differing.has(one));
      if (cause === undefined) continue;
      differing.add(name);
      if (Object.hasOwn(set.flags, name))
        findings.differs(name, pathOf(name), `rests on '${cause}', which can answer differently`);
    }
  }
}

function segmentsIn(flag: Flag): string[] {
  return flag.rules.flatMap(({ when }) =>
    [...leaves(when)].flatMap((leaf) => ("segment" in leaf ? [leaf.segment] : [])),
  );
}
