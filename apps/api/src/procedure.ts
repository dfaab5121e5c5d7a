import type { FeatureKey } from "@beq/flags";
import { UserId } from "@beq/scheduler/contract";
import { z } from "zod";
import { actFor, gate, identify, observe, translate } from "./middleware.ts";
import { procedure } from "./trpc.ts";

/** Open to everybody: health. */
export const anyone = procedure.use(observe).use(translate);

/** For everybody with credentials, about one user or about nobody in particular. */
export const known = anyone
  .use(identify)
  .input(z.object({ user_id: UserId.nullish() }).prefault({}))
  .use(actFor);

/** On behalf of one user. */
const personal = anyone
  .use(identify)
  .input(z.object({ user_id: UserId }))
  .use(actFor);

/** On behalf of one user, where the feature is on for them. The rest of the input is parsed after that. */
export const feature = (key: FeatureKey) => personal.meta({ feature: key }).use(gate(key));
