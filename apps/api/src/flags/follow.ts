import type { Logger } from "@beq/telemetry";
import { z } from "zod";
import type { Store } from "../store/open.ts";
import { type Journal, topic } from "./journal.ts";
import type { Manager } from "./manager.ts";

export type FollowChangesDeps = {
  manager: Pick<Manager, "stored" | "catchUp">;
  journal: Pick<Journal, "head">;
  store: Pick<Store, "listen" | "kind">;
  logger: Pick<Logger, "info" | "warn" | "error">;
  random?: () => number;
};

const Announced = z.object({ version: z.number() });

// The net under the announcements, which a lost connection may swallow.
const pollMilliseconds = 2_000;

/**
 * Keeps this process at what is saved: at once when a change is announced, by a look at the version otherwise. A
 * database that is away leaves the last set in force.
 * @returns a function that stops following
 */
export function followChanges({
  manager,
  journal,
  store,
  logger,
  random = Math.random,
}: FollowChangesDeps): () => void {
  let isAway = false;
  let timer: NodeJS.Timeout | undefined;

  const attempt = async (act: () => Promise<void>) => {
    try {
      await act();
      if (isAway) logger.info("Flag changes are followed again");
      isAway = false;
    } catch (error) {
      if (!isAway) logger.warn("Flag changes cannot be followed: the last set stays in force", { error });
      isAway = true;
    }
  };
  const heard = (payload: unknown) => {
    const told = Announced.safeParse(payload);
    if (told.success && told.data.version > manager.stored().version) void attempt(() => manager.catchUp());
  };
  const look = async () => {
    await attempt(async () => {
      if ((await journal.head()) !== manager.stored().version) await manager.catchUp();
    });
    // Not all processes at one moment.
    if (timer) timer = setTimeout(() => void look(), pollMilliseconds * (0.75 + random() / 2)).unref();
  };

  const catchUp = () => void attempt(() => manager.catchUp());
  const unlisten = store.listen(topic, heard, catchUp);
  // What was committed between the load and this moment.
  catchUp();
  // The embedded database has no other process that could change it.
  if (store.kind === "postgresql") timer = setTimeout(() => void look(), pollMilliseconds).unref();
  return () => {
    unlisten();
    clearTimeout(timer);
    timer = undefined;
  };
}
