import { accessRouter } from "./access/router.ts";
import { featuresRouter } from "./features/router.ts";
import { editsRouter } from "./flags/edits.ts";
import { flagRouter, flagsRouter } from "./flags/router.ts";
import { healthRouter } from "./health/router.ts";
import { plansRouter } from "./plans/router.ts";
import { propagationRouter } from "./propagation/router.ts";
import { scheduleRouter } from "./schedule/router.ts";
import { mergeRouters, router } from "./trpc.ts";
import { webhooksRouter } from "./webhooks/router.ts";

export const appRouter = router({
  access: accessRouter,
  features: featuresRouter,
  // One flag last: its path would take the fixed ones for keys.
  flags: mergeRouters(flagsRouter, editsRouter, plansRouter, propagationRouter, flagRouter),
  health: healthRouter,
  schedule: scheduleRouter,
  webhooks: webhooksRouter,
});

export type AppRouter = typeof appRouter;
