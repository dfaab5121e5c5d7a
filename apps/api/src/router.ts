import { accessRouter } from "./access/router.ts";
import { featuresRouter } from "./features/router.ts";
import { healthRouter } from "./health/router.ts";
import { scheduleRouter } from "./schedule/router.ts";
import { router } from "./trpc.ts";

export const appRouter = router({
  access: accessRouter,
  features: featuresRouter,
  health: healthRouter,
  schedule: scheduleRouter,
});

export type AppRouter = typeof appRouter;
