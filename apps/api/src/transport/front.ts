import type { IncomingHttpHeaders } from "node:http";
import type { Correlation } from "@beq/telemetry";
import type { Access } from "../access/access.ts";
import { aliveAmong } from "../access/alive.ts";
import { keptSecret } from "../access/secret.ts";
import type { Services } from "../context.ts";
import { featureKeys, isFeature } from "../features/schema.ts";
import type { Forced } from "../features/override.ts";
import type { Store } from "../store/open.ts";
import { createDefinitions } from "./definitions.ts";
import { dismissRevoked } from "./dismiss.ts";
import type { Door } from "./doors.ts";
import { createFast } from "./fast.ts";
import { createFeatureRoom, createFeatureTexts } from "./features.ts";
import { createHeld, type Held } from "./held.ts";
import { createOfrep } from "./ofrep/door.ts";
import { createEvaluate } from "./ofrep/evaluate.ts";
import { createEventRoom } from "./ofrep/events.ts";
import { createEventStreams, createListening } from "./ofrep/listen.ts";
import { createRevisions } from "./ofrep/revision.ts";
import { createTokens } from "./ofrep/token.ts";
import { createPlain, type Visit } from "./plain.ts";
import { createStreams } from "./streams.ts";
import { dismissUnheard } from "./unheard.ts";

export type FrontOptions = {
  services: Services;
  access: Pick<Access, "peek" | "resolve">;
  store: Pick<Store, "db" | "listen">;
  forcing: (headers: IncomingHttpHeaders) => Forced | undefined;
  correlation: Correlation;
  overTls: boolean;
  /** How many streams may be open at a time. */
  mostStreams: number;
};

export type Front = { doors: Door[]; hold: Held["hold"]; close: () => void };

/** Builds the doors that stand before Express, and the streams behind them. */
export async function createFront(options: FrontOptions): Promise<Front> {
  const { services, access, store, forcing, correlation, overTls } = options;
  const { flags, telemetry, propagation, manager, recent, stopping } = services;
  const { peek, resolve } = access;
  const random = Math.random;
  const plain = createPlain({ telemetry, correlation, overTls });
  const streams = createStreams({ plain, telemetry, most: options.mostStreams, watch: propagation.watch, random });
  const held = createHeld(options.mostStreams);
  const stopDismissing = dismissRevoked({ store, streams: [streams, held], peek });
  const alive = async (ids: readonly string[]) => (await aliveAmong(store.db, ids)).add("env");
  const stopLooking = dismissUnheard({ store, streams: [streams, held], alive, resolve, timer });
  const stop = () => {
    streams.close();
    held.dismiss(() => true);
  };
  stopping.addEventListener("abort", stop, { once: true });
  // After all who hear of a change at once: the time of its commit is known by then.
  flags.subscribe(() => queueMicrotask(streams.tell));

  let savedAt: string | undefined;
  manager.subscribe(({ at }) => (savedAt = at));
  const onChange = (listener: () => void) => {
    flags.subscribe(listener);
    manager.subscribe(listener);
  };
  const saved = () => ({ version: manager.stored().version, at: savedAt });
  const revisions = createRevisions({ flags, onChange, saved, timer });
  const tokens = createTokens(await keptSecret(store.db, "streams"));
  const texts = createFeatureTexts(featureKeys, flags);
  const eventStreams = createEventStreams(tokens);
  const evaluate = createEvaluate({
    plain,
    flags,
    revisions,
    telemetry,
    forcing,
    note: recent.note,
    eventStreams,
    isFeature,
  });
  const isAlive = async (id: string) => (await alive([id])).has(id);
  const listen = createListening({ streams, room: createEventRoom(revisions), tokens, isAlive });
  const onFault = (visit: Visit, cause: unknown) =>
    plain.correlated(visit, () =>
      telemetry.record({ operation: "ofrep", outcome: "error", error_type: "other", seconds: 0, cause }),
    );
  const isForced = (headers: IncomingHttpHeaders) => forcing(headers) !== undefined;

  return {
    doors: [
      createFast({
        plain,
        texts,
        telemetry,
        peek,
        resolve,
        note: recent.note,
        isForced,
        streams,
        room: createFeatureRoom(flags, texts),
      }),
      createOfrep({ plain, peek, resolve, evaluate, listen, onFault }),
      createDefinitions({ plain, flags, peek, resolve }),
    ],
    hold: held.hold,
    close() {
      stopDismissing();
      stopLooking();
      stop();
    },
  };
}

function timer(milliseconds: number, fn: () => void): () => void {
  const timeout = setTimeout(fn, milliseconds).unref();
  return () => clearTimeout(timeout);
}
