import type { Telemetry } from "@beq/telemetry";
import { Histogram } from "prom-client";
import { createSpread, type Spread, type Summary } from "./spread.ts";

/** How long one change took to get where it is in force, as this process saw it. */
export type Propagation = {
  version: number;
  /** From the commit until this process answered by it. */
  applied_ms: number;
  /** From the commit until the news were handed to a client's socket, over all clients that the change concerned. */
  written: Summary;
  /** From the commit until a client had the news, over a sample that said so; the way back to us is included. */
  acknowledged: Summary;
};

export type Measure = {
  /** A change is in force here. @param committedAt epoch milliseconds of this process's clock */
  applied(version: number, committedAt: number): void;
  /** Begins the watch over the news of what was applied since the last one. */
  watch(): { wrote: (error?: Error | null) => void; ack: (readers: number) => string | undefined };
  /** A client tells that it had the news that it was given as `ack`, that many milliseconds ago. */
  acknowledge(ack: string, heldMilliseconds: number): void;
  /** Undefined for a change that this process did not see, or has forgotten. */
  of(version: number): Propagation | undefined;
};

export type MeasureDeps = {
  registry: Telemetry["registry"];
  /** Epoch milliseconds, of a clock that never jumps. */
  now: () => number;
  random: () => number;
  randomHex: (bytes: number) => string;
};

type Track = { version: number; committedAt: number; applied: number; written: Spread; acknowledged: Spread };

const kept = 100;
const mostAcknowledging = 50;
// A client holds its acknowledgement for seconds; after a minute it is no measurement of anything.
const patienceMilliseconds = 60_000;

const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 0.5, 1, 2.5, 5, 10, 30];

/** Measures every change on its way to the clients. Nobody's clock but ours is asked. */
export function createMeasure({ registry, now, random, randomHex }: MeasureDeps): Measure {
  const histogram = new Histogram({
    name: "beq_flag_propagation_seconds",
    help: "From the commit of a change of flags until it was applied here, written to a client, acknowledged by one.",
    labelNames: ["stage"],
    buckets: bounds,
    registers: [registry],
  });
  for (const stage of ["applied", "written", "acknowledged"]) histogram.zero({ stage });
  const tracks = new Map<number, Track>();
  const awaited = new Map<string, { tracks: readonly Track[]; since: number }>();
  let fresh: Track[] = [];

  const took = (stage: "written" | "acknowledged", track: Track, milliseconds: number) => {
    track[stage].add(milliseconds);
    histogram.observe({ stage }, milliseconds / 1000);
  };
  const forgetLate = () => {
    for (const [ack, { since }] of awaited) if (now() - since > patienceMilliseconds) awaited.delete(ack);
  };

  return {
    applied(version, committedAt) {
      const applied = Math.max(0, now() - committedAt);
      const track = { version, committedAt, applied, written: createSpread(), acknowledged: createSpread() };
      histogram.observe({ stage: "applied" }, applied / 1000);
      tracks.set(version, track);
      fresh.push(track);
      for (const oldest of [...tracks.keys()].slice(0, -kept)) tracks.delete(oldest);
    },

    watch() {
      const watched = fresh;
      fresh = [];
      forgetLate();
      let issued = 0;
      return {
        wrote(error) {
          const at = now();
          if (!error) for (const track of watched) took("written", track, Math.max(0, at - track.committedAt));
        },
        ack(readers) {
          // Anybody is as likely as anybody else, and the sample stays within its bound.
          if (watched.length === 0 || issued >= mostAcknowledging) return undefined;
          if (random() * readers > mostAcknowledging) return undefined;
          issued += 1;
          const ack = randomHex(8);
          awaited.set(ack, { tracks: watched, since: now() });
          return ack;
        },
      };
    },

    acknowledge(ack, heldMilliseconds) {
      const waiting = awaited.get(ack);
      // Once only: what is said twice would count twice.
      if (!waiting || !awaited.delete(ack)) return;
      const at = now() - heldMilliseconds;
      if (at < waiting.since || now() - waiting.since > patienceMilliseconds) return;
      for (const track of waiting.tracks) took("acknowledged", track, at - track.committedAt);
    },

    of(version) {
      const track = tracks.get(version);
      if (!track) return undefined;
      const { applied, written, acknowledged } = track;
      const applied_ms = Math.round(applied * 100) / 100;
      return { version, applied_ms, written: written.summary(), acknowledged: acknowledged.summary() };
    },
  };
}
