import { useState } from "react";
import { attempt } from "../shell/attempt.ts";
import { Form } from "../access/submit.tsx";
import { trpc } from "../trpc.ts";
import { Button } from "../ui/button.tsx";
import { Once } from "../ui/copy.tsx";
import { TextField } from "../ui/field.tsx";
import { Modal } from "../ui/modal.tsx";

/** Adds a webhook and shows its secret, once. */
export function NewWebhook({ close }: { close: () => void }) {
  const [made, setMade] = useState<{ name: string; secret: string } | null>(null);
  if (made === null)
    return (
      <Modal title="Add a webhook" close={close}>
        <WebhookForm made={setMade} close={close} />
      </Modal>
    );
  return (
    <Modal title={`${made.name} is added`}>
      <Once label="Signing secret" value={made.secret} />
      <p className="my-3 text-sm text-muted">
        It is not shown again. With it the receiver checks that a message is BeQ's; signatures follow Standard Webhooks.
      </p>
      <Button kind="primary" onClick={close}>
        I have it
      </Button>
    </Modal>
  );
}

function WebhookForm({ made, close }: { made: (hook: { name: string; secret: string }) => void; close: () => void }) {
  const utils = trpc.useUtils();
  const create = trpc.webhooks.create.useMutation();
  const [name, setName] = useState("");
  const [url, setUrl] = useState("");
  const send = () =>
    attempt(async () => {
      const { secret } = await create.mutateAsync({ name: name.trim(), url: url.trim() });
      void utils.webhooks.list.invalidate();
      made({ name: name.trim(), secret });
    });
  return (
    <Form submit="Add it" send={send} beside={<Button onClick={close}>Cancel</Button>}>
      <TextField
        label="Name"
        hint="who is told"
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        label="Address"
        type="url"
        placeholder="https://"
        required
        maxLength={2_000}
        value={url}
        onChange={(event) => setUrl(event.target.value)}
      />
    </Form>
  );
}
