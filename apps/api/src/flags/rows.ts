import type { Flag, Segment } from "@beq/flags";
import { type FlagUsage, staleness } from "../usage/stale.ts";
import type { Manager } from "./manager.ts";
import type { View } from "./memory.ts";
import { createReferences, nameOf, type References } from "./references.ts";
import type { FlagRow, SegmentRow } from "./schema.ts";
import type { State } from "./stored.ts";
import { summaryOf } from "./summary.ts";

/** What is known of the flags beside what they are. */
export type Facts = {
  usage: ReadonlyMap<string, FlagUsage>;
  waiting: ReadonlyMap<string, { planned: number; requested: number }>;
  /** Epoch milliseconds. */
  now: number;
};

type Source = { view: View; state: State; references: References };

/** What rows are made of, as of this moment. */
export function sourceOf(manager: Pick<Manager, "layered" | "state">): Source {
  const view = manager.layered();
  return { view, state: manager.state(), references: createReferences()(view.set) };
}

export function flagRow(key: string, flag: Flag, { view, state }: Source, { usage, waiting, now }: Facts): FlagRow {
  const item = state.flag.get(key);
  const used = usage.get(key) ?? { lastAt: null, answers: [] };
  const declared = Object.hasOwn(view.code.flags, key);
  const [createdAt, changedAt] = item ? [Date.parse(item.since), Date.parse(item.at)] : [null, null];
  const { description, type, enabled, owner, tags, lifetime } = flag;
  return {
    key,
    description,
    type,
    enabled,
    owner,
    tags: [...tags],
    lifetime,
    version: item?.version ?? 0,
    layer: view.layer(key),
    declared,
    summary: summaryOf(flag),
    changed_at: item?.at ?? null,
    changed_by: item?.by.name ?? null,
    last_evaluated_at: used.lastAt === null ? null : new Date(used.lastAt).toISOString(),
    answers: used.answers,
    stale: staleness({ flag, declared, createdAt, changedAt, usage: used }, now),
    ...(waiting.get(key) ?? { planned: 0, requested: 0 }),
  };
}

export function segmentRow(name: string, segment: Segment, { state, references }: Source): SegmentRow {
  const isList = "ids" in segment;
  return {
    name,
    description: segment.description ?? "",
    kind: isList ? "list" : "condition",
    size: isList ? segment.ids.length : 0,
    version: state.segment.get(name)?.version ?? 0,
    used_by: usersOf(name, references),
  };
}

/** The flags that name a segment, themselves or through other segments; not those that ask such a flag. */
function usersOf(name: string, references: References): string[] {
  const found = new Set([nameOf("segment", name)]);
  const flags = new Set<string>();
  for (const one of found)
    for (const other of references.to(one)) {
      if (other.startsWith("flag:")) flags.add(other.slice("flag:".length));
      else found.add(other);
    }
  return [...flags].sort();
}

/** The keys of one kind among what a flag names, or what names it. */
export function keysOf(kind: "flag" | "segment", names: readonly string[]): string[] {
  const start = `${kind}:`;
  return names.flatMap((name) => (name.startsWith(start) ? [name.slice(start.length)] : [])).sort();
}
