import { Failed } from "../shell/failed.tsx";
import { useNow } from "../shell/now.ts";
import { refusalOf, wordsOf } from "../shell/refusal.ts";
import { useServices } from "../shell/services.ts";
import { type Outputs, trpc } from "../trpc.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Waiting } from "../ui/list.tsx";
import { When } from "../ui/when.tsx";

type Delivery = Outputs["webhooks"]["deliveries"]["items"][number];

const againMilliseconds = 2_000;

/** How a message to a receiver stands, in a word. */
export const deliveryStates = {
  waiting: { tone: "plain", word: "Waiting" },
  delivered: { tone: "accent", word: "Delivered" },
  failed: { tone: "danger", word: "Failed" },
} as const;

/** What was sent to one webhook and what came of it, the latest first; looks again while something waits. */
export function Deliveries({ hook }: { hook: { id: string; name: string } }) {
  const deliveries = trpc.webhooks.deliveries.useQuery(
    { id: hook.id, limit: 50 },
    { refetchInterval: ({ state }) => (state.data?.items.some(isWaiting) ? againMilliseconds : false) },
  );
  if (deliveries.isPending) return <Waiting rows={1} />;
  if (deliveries.error)
    return <Failed what="The deliveries" error={deliveries.error} retry={() => void deliveries.refetch()} />;
  if (deliveries.data.items.length === 0) return <p className="text-sm text-muted">Nothing was sent yet.</p>;
  return (
    <ul aria-label={`Deliveries to ${hook.name}`} className="flex max-h-80 flex-col gap-2 overflow-y-auto text-sm">
      {deliveries.data.items.map((delivery) => (
        <Row key={delivery.id} delivery={delivery} />
      ))}
    </ul>
  );
}

function isWaiting({ state }: Delivery): boolean {
  return state === "waiting";
}

function Row({ delivery }: { delivery: Delivery }) {
  const { toasts } = useServices();
  const now = useNow();
  const utils = trpc.useUtils();
  const again = trpc.webhooks.redeliver.useMutation({
    onSuccess: () => utils.webhooks.invalidate(),
    onError: (error) => toasts.show(wordsOf(refusalOf(error))),
  });
  const { tone, word } = deliveryStates[delivery.state];
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Badge tone={tone}>{word}</Badge>
      <span className="min-w-40 flex-1 text-xs text-muted">
        {delivery.version === null ? "Test" : `Version ${delivery.version}`},{" "}
        <When at={delivery.created_at} now={now} />
        {resultWords(delivery)}
        {delivery.state === "waiting" && delivery.next_at !== null && delivery.attempts > 0 && (
          <>
            , next <When at={delivery.next_at} now={now} />
          </>
        )}
      </span>
      {delivery.state !== "waiting" && (
        <Button size="small" disabled={again.isPending} onClick={() => again.mutate({ id: delivery.id })}>
          Send again
        </Button>
      )}
    </li>
  );
}

function resultWords({ attempts, last_status, last_error }: Delivery): string {
  const tries = attempts > 1 ? `, ${attempts} attempts` : "";
  const status = last_status === null ? "" : `, answered ${last_status}`;
  return `${tries}${status}${last_error === null ? "" : `, ${last_error}`}`;
}
