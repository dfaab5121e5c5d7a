import { useParams } from "@tanstack/react-router";
import { SearchX } from "lucide-react";
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
  const { storage } = useServices();
  useLiveFlags();
  const view = trpc.flags.segment.useQuery({ name });
  if (view.isPending) return <Skeleton className="mx-auto mt-8 h-60 max-w-4xl" />;

  const refusal = view.error ? refusalOf(view.error) : null;
  const isMissing = refusal?.code === "missing";
  // A new segment lives on this device until it is saved.
  if (refusal && !(isMissing && readKept(storage, `segment.${name}`)))
    return (
      <Blank
        icon={<SearchX aria-hidden />}
        title={isMissing ? "There is no such segment" : "It cannot be shown right now"}
      >
        {wordsOf(refusal)}
      </Blank>
    );
  return <SegmentEditor key={name} name={name} view={isMissing ? undefined : view.data} />;
}
