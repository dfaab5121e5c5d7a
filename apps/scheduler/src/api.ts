import { type NextFunction, type Request, type Response, Router } from "express";
import { holds } from "./bearer.ts";
import type { Config } from "./config.ts";
import { invalidList, UserId } from "./contract/index.ts";
import { failure, invalid, Refused } from "./failure.ts";
import { send } from "./reply.ts";
import { type ScheduleDeps, scheduleRoutes } from "./schedule.ts";

type ApiDeps = ScheduleDeps & { config: Pick<Config, "token"> };

/** Everything under `/api`, for who holds the token where one is set. */
export function apiRoutes(deps: ApiDeps): Router {
  const router = Router();
  router.use(guarded(deps.config.token));
  router.use("/v1", scheduleRoutes(deps));

  router.get("/v1/suggestions/:user_id", (request, response) => {
    const { user_id } = request.params;
    const parsed = UserId.safeParse(user_id);
    if (!parsed.success) throw new Refused(invalid(located(parsed.error.issues, user_id)));

    // The service keeps nothing between requests, so there is no plan to suggest from.
    const generated_at = new Date(deps.now()).toISOString();
    send(response, 200, JSON.stringify({ user_id, suggestions: [], generated_at }));
  });

  // The optimizer is no model; the path exists because clients ask for it.
  router.get("/v1/models/status", (_request, response) => send(response, 200, JSON.stringify({ models: [] })));

  return router;
}

function guarded(token: string | undefined) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    if (token !== undefined && !holds(request.headers.authorization, token))
      throw new Refused(failure("unauthenticated", "A valid bearer token is required"));
    next();
  };
}

function located(issues: Parameters<typeof invalidList>[0], user_id: string | undefined) {
  const value = { user_id };
  return invalidList(
    issues.map((issue) => ({ ...issue, path: ["user_id", ...issue.path] })),
    value,
    () => "path",
  );
}
