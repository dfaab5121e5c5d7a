import { lazy, Suspense } from "react";
import { Skeleton } from "../ui/skeleton.tsx";
import type { Entry } from "./entries.ts";
import type { Words } from "./words.ts";

type Props = { entry: Entry; words: Words; edit: (taskId: string) => void };

const Why = lazy(async () => ({ default: (await import("./why.tsx")).Why }));

/** Why a block stands where it stands; it is loaded when the first block is opened. */
export function Details(props: Props) {
  return (
    <Suspense fallback={<Skeleton className="h-32" />}>
      <Why {...props} />
    </Suspense>
  );
}
