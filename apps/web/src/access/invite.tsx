import { useState } from "react";
import { attempt } from "../shell/attempt.ts";
import type { Role } from "../shell/person.ts";
import { trpc } from "../trpc.ts";
import { Button } from "../ui/button.tsx";
import { Once } from "../ui/copy.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Modal } from "../ui/modal.tsx";
import { Form } from "./submit.tsx";

/** Invites somebody by a link that is shown once: BeQ sends no mail. */
export function Invite({ close }: { close: () => void }) {
  const [made, setMade] = useState<{ name: string; link: string } | null>(null);
  if (made === null)
    return (
      <Modal title="Invite somebody" close={close}>
        <InviteForm made={setMade} close={close} />
      </Modal>
    );
  return (
    <Modal title={`A link for ${made.name}`}>
      <Once label="Invitation link" value={made.link} />
      <p className="my-3 text-sm text-muted">
        Send it to {made.name} yourself, BeQ sends no mail. It works once, for seven days, and is not shown again.
      </p>
      <Button kind="primary" onClick={close}>
        I have it
      </Button>
    </Modal>
  );
}

function InviteForm({ made, close }: { made: (invited: { name: string; link: string }) => void; close: () => void }) {
  const utils = trpc.useUtils();
  const invite = trpc.access.invite.useMutation();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("editor");
  const send = () =>
    attempt(async () => {
      const { token } = await invite.mutateAsync({ name: name.trim(), email: email.trim(), role });
      void utils.access.members.invalidate();
      made({ name: name.trim(), link: `${location.origin}/join#${encodeURIComponent(token)}` });
    });
  return (
    <Form submit="Make the link" send={send} beside={<Button onClick={close}>Cancel</Button>}>
      <TextField label="Name" required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
      <TextField
        label="E-mail"
        type="email"
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <SelectField label="Role" value={role} onChange={(event) => setRole(event.target.value as Role)}>
        <option value="viewer">Viewer: sees flags</option>
        <option value="editor">Editor: changes flags</option>
        <option value="admin">Administrator: also people, keys, webhooks</option>
      </SelectField>
    </Form>
  );
}
