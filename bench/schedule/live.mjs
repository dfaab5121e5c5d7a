import { createTRPCClient, httpBatchStreamLink } from "@trpc/client";

/** Plans as the planner page asks for them: lines of progress, a first answer, and one more once it is proven. */
export function livePlans(url) {
  const api = createTRPCClient({ links: [httpBatchStreamLink({ url: `${url}/trpc`, maxItems: 1 })] });
  return (week, signal) => api.schedule.generateLive.mutate(week, { signal });
}
