import { setImmediate as turn } from "node:timers/promises";
import { changedKeys, type CompileOptions, type EvaluationContext, type Landing, movements } from "@beq/flags";
import type { Manager } from "./manager.ts";
import type { Recent } from "./recent.ts";
import type { Preview } from "./schema.ts";
import type { Edit } from "./wire.ts";

// Beyond that nobody reads on.
const mostFlags = 200;
// With 2,000 contexts some ten milliseconds.
const flagsAtOnce = 5;

/** Whom the edits would move, among the contexts seen in the last hour. Others are served between two flags. */
export async function preview(
  { manager, recent }: { manager: Pick<Manager, "check" | "layered">; recent: Pick<Recent, "all"> },
  edits: readonly Edit[],
  options: CompileOptions,
): Promise<Preview> {
  const before = manager.layered().set;
  const { problems, conflicts, next } = manager.check(edits);
  const seen = recent.all();
  const contexts: EvaluationContext[] = seen.map(({ context }) => context);
  const keys = next ? changedKeys(before, next) : [];

  const flags: Preview["flags"] = [];
  for (let from = 0; next && from < Math.min(keys.length, mostFlags); from += flagsAtOnce) {
    const some = keys.slice(from, Math.min(from + flagsAtOnce, mostFlags));
    for (const { key, moved, unchanged } of movements(before, next, contexts, some, options)) {
      const shown = moved.map(({ from, to, examples, ...move }) => ({
        ...move,
        from: landing(from),
        to: landing(to),
        examples: examples.flatMap((index) => seen[index]?.id ?? []),
      }));
      flags.push({ key, unchanged, moved: shown });
    }
    await turn();
  }
  return { problems, conflicts, contexts: contexts.length, flags, omitted: keys.length - flags.length };
}

function landing({ variant, rule, reason }: Landing) {
  return { variant: variant ?? null, rule: rule ?? null, reason };
}
