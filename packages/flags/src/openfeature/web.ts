import type { FlagValueType, JsonValue, Logger, ResolutionDetails } from "@openfeature/core";
import type { Hook, Provider } from "@openfeature/web-sdk";
import type { OnExposure } from "../react/hooks.tsx";
import { detailsOf, type Answer } from "./details.ts";
import { createEvents } from "./events.ts";
import { createFollower, type Known, type OpenStore } from "./follow.ts";
import type { EvaluatedFlag, Freshness } from "./snapshot.ts";

export type { OpenStore } from "./follow.ts";
export type { EvaluatedFlag, EvaluatedFlags } from "./snapshot.ts";

const NAME = "beq";

/** What `createWebProvider` is made of; only `open` is needed. */
export interface WebProviderDeps {
  /**
   * Makes the store of a context's flags (`createFlagStore`), with `bootstrap` and `cache` only of that same context.
   * It may be one store for every context where the session alone says who asks; that store is then refreshed, and goes on serving its
   * last flags if that fails.
   */
  readonly open: OpenStore;
  /** Hears of every flag whose value was served; `createExposures` makes one. */
  readonly onExposure?: OnExposure | undefined;
  /** Takes `client.track(name, details)`, with the static context. */
  readonly onTrack?: NonNullable<Provider["track"]> | undefined;
  /** Hooks that come with the provider: the last to see `before`, the first to see `after`, `error` and `finally`. */
  readonly hooks?: readonly Hook[] | undefined;
}

/**
 * OpenFeature's web provider: answers come evaluated from a server, for one context at a time, and are read without
 * waiting. Not confirmed ones have the reason `CACHED`, those of an outage or of a context being left `STALE`; the kill
 * switch stays `DISABLED`. Where nothing is known (`PROVIDER_NOT_READY`) callers get their defaults. It reports
 * `PROVIDER_STALE` when an outage begins, `PROVIDER_READY` when it ends, and which flags changed.
 */
export function createWebProvider({ open, onExposure, onTrack, hooks = [] }: WebProviderDeps): Provider {
  const { emitter, report } = createEvents(NAME);
  const follower = createFollower(open, report);

  const resolve = <T extends JsonValue>(type: FlagValueType, key: string, fallback: T, logger: Logger) => {
    const known = follower.read(key);
    const details: ResolutionDetails<T> = detailsOf(answerOf(key, known), type, fallback);
    if (onExposure && "flag" in known && known.flag && !details.errorCode) expose(onExposure, key, known.flag, logger);
    return details;
  };

  return {
    metadata: { name: NAME },
    runsOn: "client",
    // Its answers are those of one context, and each domain may have its own.
    domainScoped: true,
    hooks: [...hooks],
    events: emitter,
    initialize: (context = {}) => follower.move(context),
    onContextChange: (_former, context) => follower.move(context),
    onClose: async () => follower.leave(),
    resolveBooleanEvaluation: (key, fallback, _context, logger) => resolve("boolean", key, fallback, logger),
    resolveStringEvaluation: (key, fallback, _context, logger) => resolve("string", key, fallback, logger),
    resolveNumberEvaluation: (key, fallback, _context, logger) => resolve("number", key, fallback, logger),
    resolveObjectEvaluation: (key, fallback, _context, logger) => resolve("object", key, fallback, logger),
    track: onTrack,
  };
}

function answerOf(key: string, known: Known): Answer {
  if ("missing" in known) return { reason: "ERROR", errorCode: "PROVIDER_NOT_READY", errorMessage: known.missing };

  const { flag, freshness } = known;
  if (!flag) return { reason: "ERROR", errorCode: "FLAG_NOT_FOUND", errorMessage: `there is no flag '${key}'` };
  if (flag.reason === undefined) return { value: flag.enabled, reason: reasonOf("UNKNOWN", freshness) };

  const { value, variant, rule, version, error_code: errorCode, error_message: errorMessage } = flag;
  return { value, variant, rule, version, errorCode, errorMessage, reason: reasonOf(flag.reason, freshness) };
}

function reasonOf(reason: string, freshness: Freshness): string {
  const isFinal = freshness === "FRESH" || reason === "DISABLED" || reason === "ERROR";
  return isFinal ? reason : freshness;
}

/** Counting must not cost anybody their answer. */
function expose(onExposure: OnExposure, key: string, flag: EvaluatedFlag, logger: Logger): void {
  try {
    onExposure(key, flag);
  } catch (error) {
    logger.error(`the exposure of '${key}' was not taken`, error);
  }
}
