import { z } from "zod";
import { known } from "../procedure.ts";
import { router } from "../trpc.ts";

export const accessRouter = router({
  /** Who is asking, and the user whose week that person sees. */
  me: known
    .output(z.object({ kind: z.enum(["anonymous", "local", "server_key"]), user_id: z.string().nullable() }))
    .query(({ ctx }) => ({ kind: ctx.actor.kind, user_id: ctx.actor.kind === "local" ? "local" : null })),
});
