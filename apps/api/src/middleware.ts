import { type FeatureKey, features } from "@beq/flags";
import { hasRole, mayActFor, mayAskFor, type Role } from "./access/actor.ts";
import { Failure, failureOf, trpcError } from "./failure.ts";
import { flagsFor } from "./features/override.ts";
import { observed } from "./observe.ts";
import { middleware } from "./trpc.ts";

/** Records each call once, whatever came of it. The only place that reports to telemetry. */
export const observe = middleware(async ({ ctx, meta, path, getRawInput, next }) => {
  const watch = observed(ctx, { meta: meta ?? {}, path, input: await rawInput(getRawInput) });
  const result = await next();
  if (!result.ok) {
    watch.failed(failureOf(result.error, undefined));
    return result;
  }
  return { ...result, data: watch.answered(result.data) };
});

// The body may be what cannot be read; that is then the parser's to say, not the observer's.
async function rawInput(getRawInput: () => Promise<unknown>): Promise<unknown> {
  try {
    return await getRawInput();
  } catch {
    return undefined;
  }
}

/** Turns what was thrown below into the error of tRPC's door. */
export const translate = middleware(async ({ getRawInput, next }) => {
  const result = await next();
  if (result.ok) return result;
  throw trpcError(failureOf(result.error, await rawInput(getRawInput)));
});

/** Refuses who is nobody. */
export const identify = middleware(({ ctx, next }) => {
  if (ctx.actor.kind === "anonymous") throw new Failure("unauthenticated", "Credentials are missing or wrong");
  return next();
});

/** Refuses who may not act for the user named in the input. */
export const actFor = middleware(({ ctx, input, next }) => {
  const { user_id: userId } = input as { user_id: string };
  if (!mayActFor(ctx.actor, userId)) throw new Failure("forbidden", "These credentials may not act for that user");
  return next();
});

/** Refuses who may not ask which flags are on for the user named in the input. */
export const askFor = middleware(({ ctx, input, next }) => {
  const { user_id: userId } = input as { user_id?: string | null };
  if (userId && !mayAskFor(ctx.actor, userId))
    throw new Failure("forbidden", "These credentials may not act for that user");
  return next();
});

/** Lets pass who has the role, or a higher one; an admin key stands for an administrator. */
export const atLeast = (role: Role) =>
  middleware(({ ctx, next }) => {
    const { actor } = ctx;
    if (actor.kind === "local") throw new Failure("unauthenticated", "Sign in first: managing asks for an account");
    if (!hasRole(actor, role)) throw new Failure("forbidden", `This asks for the role ${role}`);
    if (actor.stale) throw new Failure("unavailable", "The database is not reachable", { retryAfterSeconds: 5 });
    return next({ ctx: { actor } });
  });

/** Lets pass whom the flag is on for. */
export const gate = (key: FeatureKey) =>
  middleware(async ({ ctx, input, next }) => {
    const { user_id: userId } = input as { user_id: string };
    const flags = await flagsFor(ctx, userId);
    if (flags.isEnabled(key, userId)) return next();
    throw new Failure("feature_disabled", `${features[key].name} feature is not enabled for this user`);
  });
