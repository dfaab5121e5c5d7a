import type { AppRouter } from "@beq/api";
import { createFlagHooks, type FlagsView } from "@beq/flags/react";
import type { inferRouterOutputs } from "@trpc/server";

/** Every feature as it is for the person at this page, by key; the keys are those of the API's router. */
export type Features = inferRouterOutputs<AppRouter>["features"]["status"]["features"];
export type FeatureKey = keyof Features;

const { FlagProvider, useFlag, useFlags } = createFlagHooks<Features>();

/** Gives the hooks below their flags; stands once around the app. */
export const FeatureFlagProvider = FlagProvider;

/**
 * All flags, live: the component renders again when one changes on the server. `isEnabled` is false while loading and
 * counts as use of the flag; `flags` alone does not.
 */
export function useFeatureFlags(): FlagsView<Features> {
  return useFlags();
}

/** Whether one feature is on for this person, live; false while that is not known yet. */
export function useFeatureFlag(key: FeatureKey): boolean {
  return useFlag(key)?.enabled ?? false;
}
