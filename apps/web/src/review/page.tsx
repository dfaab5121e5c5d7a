import { ListChecks } from "lucide-react";
import { useState } from "react";
import { Failed } from "../shell/failed.tsx";
import { type Outputs, trpc } from "../trpc.ts";
import { Waiting } from "../ui/list.tsx";
import { Blank } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { PlanCard } from "./card.tsx";

export type Plan = Outputs["flags"]["plans"]["items"][number];

const againMilliseconds = 30_000;

/** What waits: for a second person, or for its hour; and below it what came of earlier ones. */
export function ReviewPage() {
  const open = trpc.flags.plans.useQuery({ state: "open" }, { refetchInterval: againMilliseconds });
  return (
    <Page title="Review" lead="Changes that wait for a second person or for their hour.">
      {open.isPending ? (
        <Waiting />
      ) : open.error ? (
        <Failed what="What waits" error={open.error} retry={() => void open.refetch()} />
      ) : (
        <Open plans={open.data.items} />
      )}
      <Past />
    </Page>
  );
}

function Open({ plans }: { plans: readonly Plan[] }) {
  const requests = plans.filter(({ kind }) => kind === "request");
  const scheduled = plans
    .filter(({ kind }) => kind === "schedule")
    .toSorted((a, b) => (a.due_at ?? "").localeCompare(b.due_at ?? ""));
  if (plans.length === 0)
    return (
      <Blank part icon={<ListChecks aria-hidden />} title="Nothing waits">
        A change that needs approval, or that was scheduled for later on a flag's page, appears here.
      </Blank>
    );
  return (
    <>
      {requests.length > 0 && <Group title="Waiting for a second person" plans={requests} />}
      {scheduled.length > 0 && <Group title="Scheduled" plans={scheduled} />}
    </>
  );
}

function Group({ title, plans }: { title: string; plans: readonly Plan[] }) {
  return (
    <section className="flex flex-col gap-2" aria-label={title}>
      <h2 className="font-medium">{title}</h2>
      {plans.map((plan) => (
        <PlanCard key={plan.id} plan={plan} />
      ))}
    </section>
  );
}

function Past() {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)} className="text-sm">
      <summary className="w-fit rounded-md px-1 text-muted hover:text-ink">Earlier ones</summary>
      {isOpen && <PastPlans />}
    </details>
  );
}

function PastPlans() {
  const past = trpc.flags.plans.useQuery({ state: "decided" });
  if (past.isPending) return <Waiting />;
  if (past.error) return <Failed what="Earlier ones" error={past.error} retry={() => void past.refetch()} />;
  if (past.data.items.length === 0) return <p className="p-2 text-muted">None yet.</p>;
  return (
    <div className="mt-2 flex flex-col gap-2">
      {past.data.items.map((plan) => (
        <PlanCard key={plan.id} plan={plan} />
      ))}
    </div>
  );
}
