import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { SearchX } from "lucide-react";
import { useState } from "react";
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
  useLiveFlags();
  const pick = (next: Tab) =>
    void navigate({ to: "/flags/$key", params: { key }, search: { tab: next }, replace: true });
  return <Loaded key={key} flagKey={key} tab={tab} pick={pick} />;
}

function Loaded({ flagKey, tab, pick }: { flagKey: string; tab: Tab; pick: (tab: Tab) => void }) {
  const { storage } = useServices();
  const view = trpc.flags.get.useQuery({ key: flagKey });
  // A new flag lives on this device until it is saved: there is nothing to wait for.
  const [isNew] = useState(() => readKept(storage, `flag.${flagKey}`)?.from === null);
  const refusal = view.error ? refusalOf(view.error) : null;
  const isMissing = refusal?.code === "missing";
  if (view.isPending && !isNew) return <Loading />;
  if (refusal && !isMissing && !view.data)
    return (
      <Blank icon={<SearchX aria-hidden />} title="This flag cannot be shown right now">
        {wordsOf(refusal)}
      </Blank>
    );
  return <FlagEditor flagKey={flagKey} view={isMissing ? undefined : view.data} tab={tab} pick={pick} />;
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
