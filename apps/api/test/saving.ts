import type { Flag, FlagSet } from "@beq/flags";
import type { Deps } from "./serve.ts";

type Saving = { services: Pick<Deps["services"], "manager"> };

/** Saves these flags over what is there, as somebody's one change. */
export async function save({ services }: Saving, flags: Record<string, Flag>, segments: FlagSet["segments"] = {}) {
  const { manager } = services;
  const { versions } = manager.stored();
  const edits = [
    ...Object.entries(segments).map(([key, value]) => ({ kind: "segment" as const, key, value })),
    ...Object.entries(flags).map(([key, value]) => ({ kind: "flag" as const, key, value })),
  ].map((edit) => ({ ...edit, base: versions[edit.kind][edit.key] ?? 0 }));
  const author = { kind: "system" as const, id: "test", name: "A test" };
  return manager.save({ edits, comment: "" }, { author, origin: "api" });
}

/** A flag that is on for all, with what is asked for otherwise. */
export function flag(over: Partial<Flag> = {}): Flag {
  return {
    description: "",
    type: "boolean",
    enabled: true,
    variants: { on: true, off: false },
    off: "off",
    requires: [],
    rules: [],
    otherwise: { variant: "on" },
    bucketing: { algorithm: "flagd-v2" },
    owner: "",
    tags: [],
    lifetime: "temporary",
    version: 0,
    ...over,
  };
}
