import type { EvaluationContext } from "@beq/flags";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { trpc } from "../trpc.ts";
import type { Edit, Kind } from "./wire.ts";

// Both carry whole documents, which no address holds; asking them changes nothing all the same.
const anew = { staleTime: 0, gcTime: 0 } as const;

/** What edits would do, and what is wrong with them. */
export function usePreview(edits: readonly Edit[], enabled = true) {
  const { client } = trpc.useUtils();
  return useQuery({
    ...anew,
    // Not among the flags' own: what somebody else saves meanwhile is told by a conflict, not by another preview.
    queryKey: [["preview"], edits],
    queryFn: ({ signal }) => client.flags.preview.mutate({ edits: [...edits] }, { signal }),
    enabled: enabled && edits.length > 0,
  });
}

/** Who asks: a context, or the hash of one that asked before. */
export type Asker = { context: EvaluationContext } | { recent: string };

/** A flag's answer and why, as if the edits were saved. */
export function useTrace(key: string, who: Asker, edits: readonly Edit[]) {
  const { client } = trpc.useUtils();
  return useQuery({
    ...anew,
    queryKey: [["flags", "trace"], key, who, edits],
    queryFn: ({ signal }) => client.flags.trace.mutate({ key, ...who, edits: [...edits] }, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Changes, page by page, the newest first. */
export function useHistory(of: { kind?: Kind; key?: string }, limit: number) {
  const { client } = trpc.useUtils();
  return useInfiniteQuery({
    queryKey: [["flags", "history"], of, limit],
    queryFn: ({ pageParam, signal }) =>
      client.flags.history.query({ ...of, ...(pageParam === null ? {} : { before: pageParam }), limit }, { signal }),
    // The first page begins at the newest.
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  });
}
