import type { EvaluationContext, FlagValueType, JsonValue, ResolutionDetails } from "@openfeature/core";
import type { Hook, Provider } from "@openfeature/server-sdk";
import { own } from "../asking.ts";
import type { Flags } from "../live.ts";
import type { FlagValue } from "../model.ts";
import type { Registry } from "../registry.ts";
import { detailsOf } from "./details.ts";
import { createEvents } from "./events.ts";

const NAME = "beq";

/** What `createServerProvider` is made of; only `flags` is needed. */
export interface ServerProviderDeps {
  /** The flags in force, as `createFlags` makes them; every evaluation is one of theirs, and counted there. */
  readonly flags: Pick<Flags<Registry>, "lookup" | "flagSet" | "subscribe">;
  /** Takes `client.track(name, context, details)`, the context merged. */
  readonly onTrack?: NonNullable<Provider["track"]> | undefined;
  /** Hooks that come with the provider: the last to see `before`, the first to see `after`, `error` and `finally`. */
  readonly hooks?: readonly Hook[] | undefined;
}

/**
 * OpenFeature's server provider over the flags of this process. `targetingKey` is the user's id, every other member of
 * the context an attribute. It never waits and never throws: errors are in the details, beside the caller's default.
 * Hears of changes from `initialize` to `onClose`.
 */
export function createServerProvider({ flags, onTrack, hooks = [] }: ServerProviderDeps): Provider {
  const { emitter, report } = createEvents(NAME);
  let stop = () => {};

  const resolve = <T extends JsonValue>(type: FlagValueType, key: string, fallback: T, context: EvaluationContext) => {
    const answer = flags.lookup(key, context);
    const version = own(flags.flagSet.flags, key)?.version;
    return Promise.resolve<ResolutionDetails<T>>(
      detailsOf({ ...answer, value: copied(answer.value), version }, type, fallback),
    );
  };

  return {
    metadata: { name: NAME },
    runsOn: "server",
    hooks: [...hooks],
    events: emitter,
    initialize: async () => {
      stop();
      stop = flags.subscribe(({ keys }) => report({ name: "PROVIDER_CONFIGURATION_CHANGED", flagsChanged: keys }));
    },
    onClose: async () => stop(),
    resolveBooleanEvaluation: (key, fallback, context) => resolve("boolean", key, fallback, context),
    resolveStringEvaluation: (key, fallback, context) => resolve("string", key, fallback, context),
    resolveNumberEvaluation: (key, fallback, context) => resolve("number", key, fallback, context),
    resolveObjectEvaluation: (key, fallback, context) => resolve("object", key, fallback, context),
    track: onTrack,
  };
}

/** OpenFeature's objects are the caller's to change; those of the flag set are everybody's. */
function copied(value: FlagValue | undefined): FlagValue | undefined {
  return typeof value === "object" ? structuredClone(value) : value;
}
