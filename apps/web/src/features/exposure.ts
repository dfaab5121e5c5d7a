import { createExposures, type OnExposure } from "@beq/flags/react";
import { useEffect, useMemo } from "react";
import { failureOf } from "../planner/failure.ts";
import { type Api, parting } from "../trpc.ts";

/** Tells the API once, some time later or when the page is left, which features this person was shown how. */
export function useExposures(api: Api, userId: string): OnExposure {
  const exposures = useMemo(() => createExposures(portOf(api, userId)), [api, userId]);
  useEffect(() => {
    const leave = () => void exposures.flush();
    const hide = () => {
      if (document.visibilityState === "hidden") leave();
    };
    // Phones end a hidden page without another word; other browsers say more than they keep to.
    document.addEventListener("visibilitychange", hide);
    addEventListener("pagehide", leave);
    return () => {
      document.removeEventListener("visibilitychange", hide);
      removeEventListener("pagehide", leave);
      leave();
    };
  }, [exposures]);
  return exposures.onExposure;
}

function portOf(api: Api, userId: string): Parameters<typeof createExposures>[0] {
  return {
    async send(shown) {
      const exposures = shown.map(({ key, enabled }) => ({ feature_name: key, enabled }));
      try {
        await api.features.exposed.mutate({ user_id: userId, exposures }, parting);
      } catch (error) {
        // A refusal would be the same next time.
        if (failureOf(error).kind === "unreachable") throw error;
      }
    },
    after: (seconds, act) => void setTimeout(act, seconds * 1_000),
  };
}
