import type { FeatureKey } from "@beq/flags";
import { UserId } from "@beq/scheduler/contract";
import { z } from "zod";
import { actFor, askFor, atLeast, gate, identify, observe, translate } from "./middleware.ts";
import { procedure } from "./trpc.ts";

/** Somebody whom a question is about; nobody in particular where it is left out. */
export const AboutUser = z.object({ user_id: UserId.nullish() });

/** Open to everybody: health. */
export const anyone = procedure.use(observe).use(translate);

/** For everybody with credentials: which flags are on for one user, or for nobody in particular. */
export const known = anyone.use(identify).input(AboutUser.prefault({})).use(askFor);

/** On behalf of one user. */
const personal = anyone
  .use(identify)
  .input(z.object({ user_id: UserId }))
  .use(actFor);

/** On behalf of one user, where the feature is on for them. The rest of the input is parsed after that. */
export const feature = (key: FeatureKey) => personal.meta({ feature: key }).use(gate(key));

/** For members and admin keys, each with the actor as such in the context: managing flags begins here. */
export const viewer = anyone.use(identify).use(atLeast("viewer"));

/** Who may change flags. */
export const editor = anyone.use(identify).use(atLeast("editor"));

/** Who may change who may. */
export const administrator = anyone.use(identify).use(atLeast("admin"));
