import { own } from "../asking.ts";
import type { ErrorCode, FlagValue, Reason } from "../model.ts";
import { isSame } from "../reads.ts";
import type { FlagState, Snapshot } from "../react/store.ts";
import type { ProviderEvent } from "./events.ts";

/**
 * A flag's answer for its user, as a server sends it. With the members of `FlagState` alone it is an on/off flag whose
 * value is `enabled`. With a `reason` and no `value`, the flag has none to give and the caller's default applies.
 */
export interface EvaluatedFlag extends FlagState {
  readonly value?: FlagValue | undefined;
  readonly variant?: string | undefined;
  readonly reason?: Reason | undefined;
  /** The id of the rule that decided. */
  readonly rule?: string | undefined;
  readonly version?: number | undefined;
  readonly error_code?: ErrorCode | undefined;
  readonly error_message?: string | undefined;
}

/** The answers of all flags for one context, by key. */
export type EvaluatedFlags = { readonly [key: string]: EvaluatedFlag };

/** `CACHED`: not confirmed by the server yet. `STALE`: it is away, or the flags are those of the context before. */
export type Freshness = "FRESH" | "CACHED" | "STALE";

/** Nothing has been heard of any flag, as opposed to there being none. */
export function isUnknown({ flags, isLoading, error }: Snapshot<EvaluatedFlags>): boolean {
  return (isLoading || error !== null) && Object.keys(flags).length === 0;
}

export function freshnessOf({ isStale, error }: Snapshot<EvaluatedFlags>): Freshness {
  if (error) return "STALE";
  return isStale ? "CACHED" : "FRESH";
}

/** What a provider tells of a change: first how its status changed, then its flags. */
export function eventsBetween(
  before: Snapshot<EvaluatedFlags>,
  after: Snapshot<EvaluatedFlags>,
): readonly ProviderEvent[] {
  const events: ProviderEvent[] = [];
  if (!before.error && after.error) events.push({ name: "PROVIDER_STALE", message: after.error.message });
  if (before.error && !after.error) events.push({ name: "PROVIDER_READY" });

  const keys = new Set([...Object.keys(before.flags), ...Object.keys(after.flags)]);
  const flagsChanged = [...keys].filter((key) => !isSame(own(before.flags, key), own(after.flags, key))).sort();
  if (flagsChanged.length > 0) events.push({ name: "PROVIDER_CONFIGURATION_CHANGED", flagsChanged });
  return events;
}
