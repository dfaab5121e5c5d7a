import { z } from "zod";
import { Failure } from "../failure.ts";
import { known, viewer } from "../procedure.ts";
import { router } from "../trpc.ts";

const Summary = z.object({ n: z.int(), p50_ms: z.number().nullable(), p99_ms: z.number().nullable() });

const Propagation = z.object({
  version: z.int(),
  applied_ms: z.number().meta({ description: "From the commit until this process answered by it" }),
  written: Summary.meta({ description: "From the commit until it was written to a client, over all clients" }),
  acknowledged: Summary.meta({ description: "From the commit until a client had it, over a sample of clients" }),
});

/** Procedures of `flags.*`. */
export const propagationRouter = router({
  /** How long a change took to its clients, those of the process that is asked; it remembers the last hundred. */
  propagation: viewer
    .meta({
      http: {
        method: "get",
        path: "/api/v1/flags/propagation/{version}",
        summary: "How long a change took to reach its clients",
        tag: "Flags",
      },
    })
    .input(z.object({ version: z.int().min(0) }))
    .output(Propagation)
    .query(({ ctx, input }) => {
      const found = ctx.propagation.of(input.version);
      if (!found) throw new Failure("missing", `Nothing was measured of version ${input.version} here`);
      return found;
    }),

  /** A client tells that it had the news of a change: `ack` came with them, `held_ms` is how long ago that was. */
  acknowledge: known
    .input(z.object({ ack: z.string().max(64), held_ms: z.number().min(0).max(60_000) }))
    .mutation(({ ctx, input }) => ctx.propagation.acknowledge(input.ack, input.held_ms)),
});
