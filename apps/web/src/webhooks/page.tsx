import { Plus, Webhook } from "lucide-react";
import { useState } from "react";
import { Confirm } from "../access/confirm.tsx";
import { Administrators } from "../access/settings.tsx";
import { attempt } from "../shell/attempt.ts";
import { Failed } from "../shell/failed.tsx";
import { useNow } from "../shell/now.ts";
import { refusalOf, wordsOf } from "../shell/refusal.ts";
import { useCommands, useServices } from "../shell/services.ts";
import { type Outputs, trpc } from "../trpc.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Keys } from "../ui/kbd.tsx";
import { Item, List, Waiting } from "../ui/list.tsx";
import { Blank } from "../ui/notice.tsx";
import { Heading } from "../ui/page.tsx";
import { When } from "../ui/when.tsx";
import { NewWebhook } from "./create.tsx";
import { Deliveries, deliveryStates } from "./log.tsx";

export type Hook = Outputs["webhooks"]["list"]["items"][number];

/** Who is told of every change of flags. */
export function WebhooksPage() {
  return (
    <Administrators>
      <Webhooks />
    </Administrators>
  );
}

function Webhooks() {
  const [isCreating, setCreating] = useState(false);
  const [removing, setRemoving] = useState<Hook | null>(null);
  const create = () => setCreating(true);
  useCommands([{ id: "new-webhook", title: "Add a webhook", section: "Settings", keys: "n", run: create }]);
  return (
    <>
      <Heading
        title="Webhooks"
        lead="Every change of flags is posted to these addresses, signed, and tried again for a day until it arrives."
        action={
          <Button kind="primary" onClick={create}>
            <Plus aria-hidden className="size-4" />
            Add a webhook
            <Keys keys="n" className="max-sm:hidden" />
          </Button>
        }
      />
      <HookList remove={setRemoving} />
      {isCreating && <NewWebhook close={() => setCreating(false)} />}
      {removing && <Removing hook={removing} close={() => setRemoving(null)} />}
    </>
  );
}

function HookList({ remove }: { remove: (hook: Hook) => void }) {
  const hooks = trpc.webhooks.list.useQuery();
  if (hooks.isPending) return <Waiting />;
  if (hooks.error) return <Failed what="The webhooks" error={hooks.error} retry={() => void hooks.refetch()} />;
  if (hooks.data.items.length === 0)
    return (
      <Blank part icon={<Webhook aria-hidden />} title="Nobody is told of changes yet">
        Add the address of a chat, an audit store or a build, and send it a test.
      </Blank>
    );
  return (
    <List label="Webhooks">
      {hooks.data.items.map((hook) => (
        <HookRow key={hook.id} hook={hook} remove={() => remove(hook)} />
      ))}
    </List>
  );
}

function HookRow({ hook, remove }: { hook: Hook; remove: () => void }) {
  const { toasts } = useServices();
  const now = useNow();
  const [isOpen, setOpen] = useState(false);
  const utils = trpc.useUtils();
  const test = trpc.webhooks.test.useMutation({
    onSuccess: () => {
      toasts.show(`A test is on its way to ${hook.name}.`);
      setOpen(true);
      void utils.webhooks.invalidate();
    },
    onError: (error) => toasts.show(wordsOf(refusalOf(error))),
  });
  return (
    <>
      <Item
        actions={
          <>
            <Button size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              Deliveries
            </Button>
            <Button size="small" disabled={test.isPending} onClick={() => test.mutate({ id: hook.id })}>
              Send a test
            </Button>
            <Button size="small" kind="danger" onClick={remove} aria-label={`Remove ${hook.name}`}>
              Remove
            </Button>
          </>
        }
      >
        <p className="font-medium wrap-anywhere">{hook.name}</p>
        <p className="text-xs wrap-anywhere text-muted">
          {hook.url} · added <When at={hook.created_at} now={now} />
        </p>
        {hook.last_delivery && <Last delivery={hook.last_delivery} />}
      </Item>
      {isOpen && (
        <li className="bg-sunken px-4 py-3">
          <Deliveries hook={hook} />
        </li>
      )}
    </>
  );
}

/** What came of the latest message, so that a receiver that is away is seen without looking for it. */
function Last({ delivery }: { delivery: NonNullable<Hook["last_delivery"]> }) {
  const { tone, word } = deliveryStates[delivery.state];
  return (
    <p className="mt-1 flex items-center gap-2 text-xs text-muted">
      <Badge tone={tone}>{word}</Badge>
      {delivery.state !== "delivered" && delivery.last_error}
    </p>
  );
}

function Removing({ hook, close }: { hook: Hook; close: () => void }) {
  const { toasts } = useServices();
  const utils = trpc.useUtils();
  const remove = trpc.webhooks.remove.useMutation();
  const send = () =>
    attempt(async () => {
      await remove.mutateAsync({ id: hook.id });
      toasts.show(`${hook.name} is no longer told.`);
      void utils.webhooks.list.invalidate();
      close();
    });
  return (
    <Confirm title={`Remove ${hook.name}?`} word="Remove" send={send} close={close}>
      What waits to be delivered to it is dropped, and its secret is forgotten. This cannot be undone.
    </Confirm>
  );
}
