import { trpc } from "../trpc.ts";

const againMilliseconds = 60_000;

/** How many change requests wait for a second person. */
export function useWaiting(): number {
  const plans = trpc.flags.plans.useQuery({ state: "open" }, { refetchInterval: againMilliseconds });
  return plans.data?.items.filter(({ kind }) => kind === "request").length ?? 0;
}
