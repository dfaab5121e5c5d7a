import { useNow } from "../shell/now.ts";
import { refusalOf, wordsOf } from "../shell/refusal.ts";
import { Failed } from "../shell/failed.tsx";
import { useServices } from "../shell/services.ts";
import { trpc } from "../trpc.ts";
import { Check } from "../ui/field.tsx";
import { Waiting } from "../ui/list.tsx";
import { Heading } from "../ui/page.tsx";
import { When } from "../ui/when.tsx";
import { Administrators } from "./settings.tsx";

/** Whether a change of flags takes two people. */
export function ApprovalPage() {
  return (
    <Administrators>
      <Heading title="Approval" lead="Whether a change of flags takes two people." />
      <Switch />
    </Administrators>
  );
}

function Switch() {
  const { toasts } = useServices();
  const now = useNow();
  const utils = trpc.useUtils();
  const settings = trpc.flags.settings.useQuery();
  const change = trpc.flags.setFourEyes.useMutation({
    onSuccess: () => utils.flags.invalidate(),
    onError: (error) => toasts.show(wordsOf(refusalOf(error))),
  });
  if (settings.isPending) return <Waiting rows={1} />;
  if (settings.error)
    return <Failed what="This setting" error={settings.error} retry={() => void settings.refetch()} />;

  const on = change.isPending ? change.variables.on : settings.data.four_eyes.on;
  const set = (to: boolean) =>
    change.mutate(
      { on: to },
      {
        onSuccess: () =>
          toasts.show(to ? "From now on a change takes two people." : "From now on a change applies at once.", () =>
            change.mutate({ on: !to }),
          ),
      },
    );
  const [last] = settings.data.four_eyes.changes;
  return (
    <div className="flex max-w-2xl flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      <Check
        checked={on}
        onChange={(event) => set(event.target.checked)}
        label={<span className="font-medium">Every change waits for a second person</span>}
      />
      <ul className="flex list-disc flex-col gap-1 pl-5 text-sm text-muted">
        <li>Whoever saves asks for approval; somebody else approves or rejects it under Review.</li>
        <li>Nobody approves their own request, administrators and admin keys included.</li>
        <li>Switching a flag off applies at once: a bad night must not wait for a second person.</li>
        <li>Requests that are open when you turn this off stay open.</li>
      </ul>
      {last && (
        <p className="text-xs text-faint">
          Turned {last.on ? "on" : "off"} by {last.author.name} <When at={last.at} now={now} />
        </p>
      )}
    </div>
  );
}
