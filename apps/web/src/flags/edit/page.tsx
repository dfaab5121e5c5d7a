import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { SearchX } from "lucide-react";
import { refusalOf, wordsOf } from "../../shell/refusal.ts";
import { trpc } from "../../trpc.ts";
import { Blank } from "../../ui/notice.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { readKept } from "../draft/kept.ts";
import { useServices } from "../../shell/services.ts";
import { useLiveFlags } from "../live.ts";
import { FlagEditor } from "./flag.tsx";
import type { Tab } from "./tabs.ts";

/** One flag: what it does, for whom, and everything that ever happened to it. */
export function FlagPage() {
  const { key } = useParams({ from: "/managed/flags/$key" });
  const { tab = "rules" } = useSearch({ from: "/managed/flags/$key" });
  const navigate = useNavigate();
  const { storage } = useServices();
  useLiveFlags();
  const view = trpc.flags.get.useQuery({ key });
  const pick = (next: Tab) =>
    void navigate({ to: "/flags/$key", params: { key }, search: { tab: next }, replace: true });

  if (view.isPending) return <Loading />;
  const refusal = view.error ? refusalOf(view.error) : null;
  const isMissing = refusal?.code === "missing";
  if (refusal && !isMissing) return <Failed title="This flag cannot be shown right now" words={wordsOf(refusal)} />;
  // A new flag lives on this device until it is saved.
  if (isMissing && readKept(storage, `flag.${key}`) === null)
    return <Failed title="There is no such flag" words="It may have been removed, or the address is mistyped." />;
  return <FlagEditor key={key} flagKey={key} view={isMissing ? undefined : view.data} tab={tab} pick={pick} />;
}

function Failed({ title, words }: { title: string; words: string }) {
  return (
    <Blank icon={<SearchX aria-hidden />} title={title}>
      {words}
    </Blank>
  );
}

function Loading() {
  return (
    <output aria-label="Loading the flag" className="mx-auto flex max-w-4xl flex-col gap-3 px-4 py-6">
      <Skeleton className="h-16 w-80 max-w-full" />
      <Skeleton className="h-9" />
      <Skeleton className="h-40" />
    </output>
  );
}
