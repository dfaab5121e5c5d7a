import { mayActFor } from "./access/actor.ts";
import type { Context } from "./context.ts";
import { Failure, type FailureCode, failureOf, trpcError } from "./failure.ts";
import type { Meta } from "./trpc.ts";

type Call = { meta: Meta; path: string; input: unknown };

/** Times one call and reports it once: when it failed, when it answered, or when its stream came to an end. */
export function observed({ telemetry, now, actor }: Context, { meta, path, input }: Call) {
  const started = now();
  const operation =
    typeof meta.operation === "function" ? meta.operation(input) : (meta.operation ?? meta.feature ?? path);
  const userId = userOf(input);
  const vouched = userId !== undefined && mayActFor(actor, userId);
  const call = { operation, feature: meta.feature, user_id: userId, vouched };
  const seconds = () => (now() - started) / 1000;
  telemetry.recordStart(call);

  const failed = (failure: Failure) =>
    telemetry.record({
      ...call,
      outcome: outcomeOf(failure.code),
      error_type: failure.code,
      seconds: seconds(),
      ...(failure.code === "internal" && { cause: failure.cause }),
    });

  const succeeded = (output: unknown) => {
    const { infeasible, ...facts } = meta.facts?.(input, output) ?? {};
    telemetry.record({
      ...call,
      quiet: meta.http?.public,
      outcome: infeasible ? "infeasible" : (meta.outcome ?? "success"),
      seconds: seconds(),
      facts,
    });
  };

  return {
    failed,
    answered(output: unknown): unknown {
      if (isStream(output)) return meta.live ? output : watched(output, { succeeded, failed, settles: meta.settles });
      succeeded(output);
      return output;
    },
  };
}

type Watcher = {
  succeeded: (last: unknown) => void;
  failed: (failure: Failure) => void;
  settles: Meta["settles"];
};

/**
 * The same stream; the value that settles it, else its last, is the answer that is reported, a reader who leaves before
 * that a cancellation.
 */
async function* watched(
  stream: AsyncIterable<unknown>,
  { succeeded, failed, settles }: Watcher,
): AsyncGenerator<unknown> {
  let last: unknown;
  let ended = false;
  try {
    for await (last of stream) {
      if (!ended && settles?.(last)) {
        ended = true;
        succeeded(last);
      }
      yield last;
    }
    if (!ended) succeeded(last);
    ended = true;
  } catch (error) {
    const failure = failureOf(error, undefined);
    if (!ended) failed(failure);
    ended = true;
    throw trpcError(failure);
  } finally {
    if (!ended) failed(cancelled());
  }
}

function cancelled(): Failure {
  return new Failure("cancelled", "The client went away");
}

function outcomeOf(code: FailureCode): "disabled" | "cancelled" | "error" {
  if (code === "feature_disabled") return "disabled";
  return code === "cancelled" ? "cancelled" : "error";
}

function userOf(input: unknown): string | undefined {
  if (typeof input !== "object" || input === null || !("user_id" in input)) return undefined;
  return typeof input.user_id === "string" && input.user_id.length <= 200 ? input.user_id : undefined;
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}
