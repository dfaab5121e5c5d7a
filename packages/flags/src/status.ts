import type { Flag, FlagSet, FlagValue, Reason, Serve, Split } from "./model.ts";

/** What a person is told about a flag: the answer for them, never the rules or other people's ids. */
export interface Status {
  readonly enabled: boolean;
  /** The flag is on at all and its definition reads who asks; the same whoever asks. */
  readonly user_specific: boolean;
  readonly description: string;
  /** The share, 0..100, of the flag's first percentage split that gets `true`; null without one. */
  readonly rollout_percentage: number | null;
}

/** A flag's status from its definition and its answer for somebody. */
export function statusOf(
  set: FlagSet,
  flag: Flag,
  answer: { readonly value: FlagValue; readonly reason: Reason },
): Status {
  return {
    enabled:
      flag.type === "boolean" ? answer.value === true : answer.reason !== "DISABLED" && answer.reason !== "ERROR",
    user_specific: isUserSpecific(set, flag),
    description: flag.description,
    rollout_percentage: rolloutPercentage(flag),
  };
}

function isUserSpecific(set: FlagSet, flag: Flag, seen: ReadonlySet<Flag> = new Set()): boolean {
  if (!flag.enabled || seen.has(flag)) return false;
  if (flag.rules.length > 0 || isDividing(flag.otherwise)) return true;

  const parents = flag.requires.map((need) => (Object.hasOwn(set.flags, need.flag) ? set.flags[need.flag] : undefined));
  return parents.some((parent) => parent !== undefined && isUserSpecific(set, parent, new Set([...seen, flag])));
}

/** Whether a split leaves more than one answer possible. */
function isDividing(serve: Serve): boolean {
  return (
    "split" in serve && new Set(serve.split.weights.filter(({ weight }) => weight > 0).map((w) => w.variant)).size > 1
  );
}

function rolloutPercentage(flag: Flag): number | null {
  const served = [...flag.rules.map((rule) => rule.serve), flag.otherwise];
  const first = served.find((serve): serve is { split: Split } => "split" in serve);
  if (!first || flag.type !== "boolean") return null;

  const weights = first.split.weights;
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  const on = weights.reduce((sum, { variant, weight }) => sum + (flag.variants[variant] === true ? weight : 0), 0);
  return total === 0 ? 0 : (100 * on) / total;
}
