import { keepPreviousData } from "@tanstack/react-query";
import type { FeatureKey, Features } from "@/lib/hooks/use-feature-flags";
import { useUserId } from "../shell/session.tsx";
import { trpc } from "../trpc.ts";

/** The percentage that a feature is rolled out to, asked again whenever the feature changes; null where it has none. */
export function useShare(feature: FeatureKey, flag: Features[FeatureKey] | undefined): number | null {
  const userId = useUserId();
  const { data } = trpc.features.statusOf.useQuery(
    { feature_name: feature, user_id: userId },
    { enabled: flag?.user_specific ?? false, staleTime: 0, placeholderData: keepPreviousData },
  );
  return flag?.user_specific ? (data?.rollout_percentage ?? null) : null;
}
