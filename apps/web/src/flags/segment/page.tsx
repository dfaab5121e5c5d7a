import { useParams } from "@tanstack/react-router";
import { SearchX } from "lucide-react";
import { useState } from "react";
import { refusalOf, wordsOf } from "../../shell/refusal.ts";
import { useServices } from "../../shell/services.ts";
import { trpc } from "../../trpc.ts";
import { Blank } from "../../ui/notice.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { readKept } from "../draft/kept.ts";
import { useLiveFlags } from "../live.ts";
import { SegmentEditor } from "./editor.tsx";

/** One segment: whom it holds, and which flags ask for it. */
export function SegmentPage() {
  const { name } = useParams({ from: "/managed/segments/$name" });
  useLiveFlags();
  return <Loaded key={name} name={name} />;
}

function Loaded({ name }: { name: string }) {
  const { storage } = useServices();
  const view = trpc.flags.segment.useQuery({ name });
  // A new segment lives on this device until it is saved: there is nothing to wait for.
  const [isNew] = useState(() => readKept(storage, `segment.${name}`)?.from === null);
  const refusal = view.error ? refusalOf(view.error) : null;
  const isMissing = refusal?.code === "missing";
  if (view.isPending && !isNew) return <Skeleton className="mx-auto mt-8 h-60 max-w-4xl" />;
  if (refusal && !isMissing && !view.data)
    return (
      <Blank icon={<SearchX aria-hidden />} title="This segment cannot be shown right now">
        {wordsOf(refusal)}
      </Blank>
    );
  return <SegmentEditor name={name} view={isMissing ? undefined : view.data} />;
}
