import type { AppRouter } from "@beq/api";
import { httpBatchStreamLink, httpLink, httpSubscriptionLink, splitLink, type TRPCClient } from "@trpc/client";
import { createTRPCReact } from "@trpc/react-query";
import type { inferRouterOutputs } from "@trpc/server";

/** The API's procedures as hooks. Pages use them through hooks of their own. */
export const trpc = createTRPCReact<AppRouter>();

export type Api = TRPCClient<AppRouter>;

/** What the procedures answer, by their path. */
export type Outputs = inferRouterOutputs<AppRouter>;

const url = "/trpc";

/** One call a request, so that a slow one holds up no other and each can be cancelled; answers arrive as a stream. */
export function createConnection(randomHex: (bytes: number) => string): Api {
  const headers = () => ({ traceparent: traceparent(randomHex) });
  return trpc.createClient({
    links: [
      splitLink({
        condition: ({ type }) => type === "subscription",
        true: httpSubscriptionLink({ url }),
        false: splitLink({
          condition: ({ context }) => context["parting"] === true,
          true: httpLink({ url, headers, fetch: (address, init) => fetch(address, { ...init, keepalive: true }) }),
          false: httpBatchStreamLink({ url, maxItems: 1, headers }),
        }),
      }),
    ],
  });
}

/** For calls that must reach the server although the page is being left. */
export const parting = { context: { parting: true } };

/** W3C Trace Context: one trace a request, so that the page's call, the API's and the scheduler's log lines meet. */
function traceparent(randomHex: (bytes: number) => string): string {
  return `00-${randomHex(16)}-${randomHex(8)}-01`;
}
