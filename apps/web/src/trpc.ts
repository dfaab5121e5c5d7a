import type { AppRouter } from "@beq/api";
import { httpBatchStreamLink, httpSubscriptionLink, splitLink, type TRPCClient } from "@trpc/client";
import { createTRPCReact } from "@trpc/react-query";

/** The API's procedures as hooks. Pages use them through hooks of their own. */
export const trpc = createTRPCReact<AppRouter>();

export type Api = TRPCClient<AppRouter>;

const url = "/trpc";

/** One call a request, so that a slow one holds up no other and each can be cancelled; answers arrive as a stream. */
export function createConnection(randomHex: (bytes: number) => string): Api {
  return trpc.createClient({
    links: [
      splitLink({
        condition: ({ type }) => type === "subscription",
        true: httpSubscriptionLink({ url }),
        false: httpBatchStreamLink({ url, maxItems: 1, headers: () => ({ traceparent: traceparent(randomHex) }) }),
      }),
    ],
  });
}

/** W3C Trace Context: one trace a request, so that the page's call, the API's and the scheduler's log lines meet. */
function traceparent(randomHex: (bytes: number) => string): string {
  return `00-${randomHex(16)}-${randomHex(8)}-01`;
}
