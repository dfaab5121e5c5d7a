import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { attempt } from "../shell/attempt.ts";
import { Failed } from "../shell/failed.tsx";
import { useNow } from "../shell/now.ts";
import { useCommands, useServices } from "../shell/services.ts";
import { type Outputs, trpc } from "../trpc.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Keys } from "../ui/kbd.tsx";
import { Item, List, Waiting } from "../ui/list.tsx";
import { Blank } from "../ui/notice.tsx";
import { Heading } from "../ui/page.tsx";
import { When } from "../ui/when.tsx";
import { Confirm } from "./confirm.tsx";
import { NewKey } from "./create.tsx";
import { keyKinds } from "./kinds.ts";
import { Administrators } from "./settings.tsx";

type Key = Outputs["access"]["keys"]["keys"][number];

/** The keys that programs use; what each may do, and until when. */
export function KeysPage() {
  return (
    <Administrators>
      <KeysAndMaker />
    </Administrators>
  );
}

function KeysAndMaker() {
  const [isCreating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<Key | null>(null);
  useCommands([
    { id: "new-key", title: "Create an API key", section: "Settings", keys: "n", run: () => setCreating(true) },
  ]);
  return (
    <>
      <Heading
        title="API keys"
        lead="For programs. A key is shown once and stored as a hash; revoking it takes effect at once, everywhere."
        action={
          <Button kind="primary" onClick={() => setCreating(true)}>
            <Plus aria-hidden className="size-4" />
            Create a key
            <Keys keys="n" className="max-sm:hidden" />
          </Button>
        }
      />
      <KeyList revoke={setRevoking} />
      {isCreating && <NewKey close={() => setCreating(false)} />}
      {revoking && <Revoking item={revoking} close={() => setRevoking(null)} />}
    </>
  );
}

function KeyList({ revoke }: { revoke: (item: Key) => void }) {
  const keys = trpc.access.keys.useQuery();
  if (keys.isPending) return <Waiting />;
  if (keys.error) return <Failed what="The keys" error={keys.error} retry={() => void keys.refetch()} />;
  if (keys.data.keys.length === 0)
    return (
      <Blank part icon={<KeyRound aria-hidden />} title="No keys yet">
        Create a client key for a web page, or a server key for your back end.
      </Blank>
    );
  return (
    <List label="API keys">
      {keys.data.keys.map((item) => (
        <KeyRow key={item.id} item={item} revoke={() => revoke(item)} />
      ))}
    </List>
  );
}

function KeyRow({ item, revoke }: { item: Key; revoke: () => void }) {
  const now = useNow();
  const isOver = item.expires_at !== null && Date.parse(item.expires_at) <= now;
  return (
    <Item
      actions={
        <Button size="small" kind="danger" onClick={revoke} aria-label={`Revoke ${item.name}`}>
          Revoke
        </Button>
      }
    >
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-medium wrap-anywhere">{item.name}</span>
        <Badge tone={item.kind === "client" ? "plain" : "accent"}>{keyKinds[item.kind].title}</Badge>
        {isOver && <Badge tone="warning">Expired</Badge>}
      </p>
      <p className="text-xs text-muted">
        <code>{item.start}…</code> ·{" "}
        {item.last_used_at === null ? (
          "never used"
        ) : (
          <>
            used <When at={item.last_used_at} now={now} />
          </>
        )}{" "}
        ·{" "}
        {item.expires_at === null ? (
          "no end"
        ) : (
          <>
            {isOver ? "ended" : "ends"} <When at={item.expires_at} now={now} />
          </>
        )}
      </p>
    </Item>
  );
}

function Revoking({ item, close }: { item: Key; close: () => void }) {
  const { toasts } = useServices();
  const utils = trpc.useUtils();
  const revoke = trpc.access.revokeKey.useMutation();
  const send = () =>
    attempt(async () => {
      await revoke.mutateAsync({ id: item.id });
      toasts.show(`${item.name} is revoked.`);
      void utils.access.keys.invalidate();
      close();
    });
  return (
    <Confirm title={`Revoke ${item.name}?`} word="Revoke it" keep="Keep it" send={send} close={close}>
      Whatever uses it is refused from the next moment on. This cannot be undone; a new key can be created.
    </Confirm>
  );
}
