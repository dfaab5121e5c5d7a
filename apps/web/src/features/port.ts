import type { FlagPort } from "@beq/flags/react";
import type { Features } from "@/lib/hooks/use-feature-flags";
import type { Api } from "../trpc.ts";
import { acknowledge } from "./acknowledge.ts";

const againMilliseconds = 5_000;

/** The API as the place where a user's flags come from, with changes pushed as they happen. */
export function createFlagPort(api: Api, userId: string): FlagPort<Features> {
  return {
    async fetch(signal) {
      const { features } = await api.features.status.query({ user_id: userId }, { signal });
      return features;
    },
    subscribe(onChange) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let stop = (): void => undefined;
      const follow = () => {
        const { unsubscribe } = api.features.onChange.subscribe(
          { user_id: userId },
          {
            onData: ({ data }) => {
              onChange(data.features);
              if (data.ack) acknowledge(api, data.ack);
            },
            // The browser reconnects by itself until it is told not to; then this does.
            onError: () => {
              clearTimeout(timer);
              timer = setTimeout(follow, againMilliseconds);
            },
          },
        );
        stop = unsubscribe;
      };
      follow();
      return () => {
        clearTimeout(timer);
        stop();
      };
    },
  };
}
