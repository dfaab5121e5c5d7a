import { useEffect } from "react";
import { useServices } from "../shell/services.ts";
import { trpc } from "../trpc.ts";
import type { RunState } from "./run.ts";

/**
 * The stored plan. It is looked at again whenever the person comes back to this window: what another tab or device made
 * of it since goes before the plan that was made here.
 */
export function useStored({ planned, running, proving }: RunState, userId: string) {
  const { run } = useServices();
  const stored = trpc.schedule.get.useQuery({ user_id: userId }, { staleTime: Infinity });
  const { data, refetch } = stored;
  useEffect(() => {
    const look = () => void refetch();
    addEventListener("focus", look);
    return () => removeEventListener("focus", look);
  }, [refetch]);

  const isOvertaken = !running && !proving && planned !== null && isNewer(data?.version, planned.answer.basis?.version);
  useEffect(() => {
    if (isOvertaken) run.adopt(null);
  }, [isOvertaken, run]);
  return stored;
}

function isNewer(version: number | null | undefined, than: number | undefined): boolean {
  return typeof version === "number" && than !== undefined && version > than;
}
