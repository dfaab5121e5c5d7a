import { UserPlus } from "lucide-react";
import { useState } from "react";
import { attempt } from "../shell/attempt.ts";
import { Failed } from "../shell/failed.tsx";
import { useNow } from "../shell/now.ts";
import { type Role, usePerson } from "../shell/person.ts";
import { refusalOf, wordsOf } from "../shell/refusal.ts";
import { useCommands, useServices } from "../shell/services.ts";
import { type Outputs, trpc } from "../trpc.ts";
import { Button } from "../ui/button.tsx";
import { SelectField } from "../ui/field.tsx";
import { Keys } from "../ui/kbd.tsx";
import { Item, List, Waiting } from "../ui/list.tsx";
import { Heading } from "../ui/page.tsx";
import { When } from "../ui/when.tsx";
import { Confirm } from "./confirm.tsx";
import { Invitations } from "./invitations.tsx";
import { Invite } from "./invite.tsx";
import { Administrators } from "./settings.tsx";

type Member = Outputs["access"]["members"]["members"][number];

/** Who may come in, and what each may do. */
export function MembersPage() {
  return (
    <Administrators>
      <Members />
    </Administrators>
  );
}

function Members() {
  const [isInviting, setInviting] = useState(false);
  const [leaving, setLeaving] = useState<Member | null>(null);
  const invite = () => setInviting(true);
  useCommands([{ id: "invite", title: "Invite somebody", section: "Settings", keys: "n", run: invite }]);
  return (
    <>
      <Heading
        title="Members"
        lead="Viewers see flags, editors change them, administrators also manage people, keys and webhooks."
        action={
          <Button kind="primary" onClick={invite}>
            <UserPlus aria-hidden className="size-4" />
            Invite
            <Keys keys="n" className="max-sm:hidden" />
          </Button>
        }
      />
      <MemberList remove={setLeaving} />
      {isInviting && <Invite close={() => setInviting(false)} />}
      {leaving && <Leaving member={leaving} close={() => setLeaving(null)} />}
    </>
  );
}

function MemberList({ remove }: { remove: (member: Member) => void }) {
  const members = trpc.access.members.useQuery();
  if (members.isPending) return <Waiting />;
  if (members.error) return <Failed what="The members" error={members.error} retry={() => void members.refetch()} />;
  return (
    <>
      <List label="Members">
        {members.data.members.map((member) => (
          <MemberRow key={member.id} member={member} remove={() => remove(member)} />
        ))}
      </List>
      {members.data.invitations.length > 0 && <Invitations list={members.data.invitations} />}
    </>
  );
}

function MemberRow({ member, remove }: { member: Member; remove: () => void }) {
  const { id: ownId } = usePerson();
  const now = useNow();
  const change = useRole(member);
  const isSelf = member.id === ownId;
  return (
    <Item
      actions={
        <>
          <SelectField
            label={`Role of ${member.name}`}
            quietLabel
            className="w-36"
            value={change.shown}
            disabled={isSelf}
            title={isSelf ? "Somebody else has to change your role" : undefined}
            onChange={(event) => change.to(event.target.value as Role)}
          >
            <option value="viewer">Viewer</option>
            <option value="editor">Editor</option>
            <option value="admin">Administrator</option>
          </SelectField>
          <Button size="small" kind="danger" disabled={isSelf} onClick={remove} aria-label={`Remove ${member.name}`}>
            Remove
          </Button>
        </>
      }
    >
      <p className="font-medium wrap-anywhere">
        {member.name} {isSelf && <span className="font-normal text-faint">you</span>}
      </p>
      <p className="text-xs wrap-anywhere text-muted">
        {member.email} · since <When at={member.created_at} now={now} />
      </p>
    </Item>
  );
}

/** Changes a role at once, and back on request. */
function useRole({ id, name, role }: Member) {
  const { toasts } = useServices();
  const utils = trpc.useUtils();
  const set = trpc.access.setRole.useMutation({
    onSettled: () => utils.access.members.invalidate(),
    onError: (error) => toasts.show(wordsOf(refusalOf(error))),
  });
  const back = () => set.mutate({ id, role });
  return {
    shown: set.isPending ? set.variables.role : role,
    to: (next: Role) =>
      set.mutate({ id, role: next }, { onSuccess: () => toasts.show(`${name} is ${roleWords[next]} now.`, back) }),
  };
}

const roleWords = { viewer: "a viewer", editor: "an editor", admin: "an administrator" } as const;

function Leaving({ member, close }: { member: Member; close: () => void }) {
  const { toasts } = useServices();
  const utils = trpc.useUtils();
  const remove = trpc.access.removeMember.useMutation();
  const send = () =>
    attempt(async () => {
      await remove.mutateAsync({ id: member.id });
      toasts.show(`${member.name} is removed.`);
      void utils.access.members.invalidate();
      close();
    });
  return (
    <Confirm title={`Remove ${member.name}?`} word="Remove" send={send} close={close}>
      {member.email} is signed out everywhere at once. What they changed stays in the history under their name. This
      cannot be undone; they can be invited again.
    </Confirm>
  );
}
