import { useSyncExternalStore } from "react";

const query = "(min-width: 64rem)";

/** Whether tasks and calendar fit side by side. */
export function useWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    () => matchMedia(query).matches,
  );
}
