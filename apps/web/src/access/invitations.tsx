import { useNow } from "../shell/now.ts";
import { refusalOf, wordsOf } from "../shell/refusal.ts";
import { useServices } from "../shell/services.ts";
import { type Outputs, trpc } from "../trpc.ts";
import { Button } from "../ui/button.tsx";
import { Item, List } from "../ui/list.tsx";
import { When } from "../ui/when.tsx";

type Invitation = Outputs["access"]["members"]["invitations"][number];

/** Who was asked in and has not come yet. */
export function Invitations({ list }: { list: readonly Invitation[] }) {
  const { toasts } = useServices();
  const now = useNow();
  const utils = trpc.useUtils();
  const withdraw = trpc.access.withdrawInvitation.useMutation({
    onSuccess: () => toasts.show("The link no longer works."),
    onError: (error) => toasts.show(wordsOf(refusalOf(error))),
    onSettled: () => utils.access.members.invalidate(),
  });
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-medium">Invited, not here yet</h2>
      <List label="Invitations">
        {list.map(({ id, name, email, role, invited_by, expires_at }) => (
          <Item
            key={id}
            actions={
              <Button
                size="small"
                kind="danger"
                disabled={withdraw.isPending}
                onClick={() => withdraw.mutate({ id })}
                aria-label={`Withdraw the invitation of ${name}`}
              >
                Withdraw
              </Button>
            }
          >
            <p className="font-medium wrap-anywhere">{name}</p>
            <p className="text-xs wrap-anywhere text-muted">
              {email} · as {role} · by {invited_by} · link ends <When at={expires_at} now={now} />
            </p>
          </Item>
        ))}
      </List>
    </section>
  );
}
