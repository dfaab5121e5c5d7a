import type { IncomingHttpHeaders } from "node:http";
import type { Telemetry } from "@beq/telemetry";
import { Counter } from "prom-client";
import type { HeaderList, Plain, Visit } from "./plain.ts";
import type { Credential, Reader, Round } from "./room.ts";
import { createTelling } from "./telling.ts";

export type StreamsDeps = {
  plain: Plain;
  telemetry: Pick<Telemetry, "gauge" | "registry">;
  /** How many may read at a time. */
  most: number;
  /** Begins the watch over a round of news. */
  watch: () => Round;
  random: () => number;
};

export type Streams = {
  /** Opens a stream with `greeting`; refuses with 503 when there are too many, or it is time to go. */
  open(visit: Visit, reader: Reader, greeting: string, headers?: HeaderList): void;
  /** Tells everybody for whom something changed. Calls while a round runs lead to one more. */
  tell(): void;
  /** Ends the streams whose credential is gone. */
  dismiss(isGone: (credential: Credential, headers: IncomingHttpHeaders) => boolean): void;
  /** Ends all streams; their clients come back over some seconds. */
  close(): void;
};

const pingSeconds = 15;
// What a reader has not taken when this much waits for it, it will not take soon.
const mostWaitingBytes = 64 * 1024;
// Clients of a server that is gone come back within these seconds, each at its own moment.
const returnSeconds = { least: 1, most: 6 };

const streamHeaders: HeaderList = [
  "Content-Type",
  "text/event-stream",
  "Cache-Control",
  "no-cache, no-transform",
  "X-Accel-Buffering",
  "no",
];

// Then a client comes back and shows its credential again: none is good for ever.
const longestSeconds = { least: 3_300, most: 3_900 };

type Seat = Reader & { visit: Visit; slot: number; until: number };

/** Everybody who reads a stream of events, in one place: one loop writes, one timer pings, and who is too slow is let go. */
export function createStreams({ plain, telemetry, most, watch, random }: StreamsDeps): Streams {
  const seats = new Set<Seat>();
  const ended = new Counter({
    name: "beq_stream_ends_total",
    help: "Streams of events that ended, by what ended them.",
    labelNames: ["reason"],
    registers: [telemetry.registry],
  });
  for (const reason of ["left", "slow", "refused", "dismissed", "renewed", "stopped"]) ended.inc({ reason }, 0);
  telemetry.gauge("beq_stream_clients", "Clients that read a stream of events.", () => seats.size);
  let arrivals = 0;
  let isClosed = false;

  const leave = (seat: Seat, reason: string) => {
    if (seats.delete(seat)) ended.inc({ reason });
  };
  const send = (seat: Seat, text: string, wrote?: Round["wrote"]) => {
    const { response } = seat.visit;
    if (response.writableLength > mostWaitingBytes) {
      leave(seat, "slow");
      response.destroy();
      return;
    }
    response.write(text, wrote);
  };
  const bye = (seat: Seat, reason: string) => {
    leave(seat, reason);
    seat.visit.response.end(retry(random));
  };

  const tell = createTelling({ seats, send, watch });

  let second = 0;
  const pulse = setInterval(() => {
    second += 1;
    for (const seat of seats) {
      if (seat.until <= second) bye(seat, "renewed");
      else if (seat.slot === second % pingSeconds) send(seat, seat.room.ping);
    }
  }, 1000);
  pulse.unref();

  return {
    open(visit, reader, greeting, headers = []) {
      if (isClosed || seats.size >= most) {
        ended.inc({ reason: "refused" });
        plain.answer(visit, 503, ["Retry-After", String(Math.ceil(between(returnSeconds, random))), ...headers]);
        return;
      }
      const slot = arrivals++ % pingSeconds;
      const seat = { ...reader, visit, slot, until: second + between(longestSeconds, random) };
      seats.add(seat);
      visit.response.once("close", () => leave(seat, "left"));
      plain.begin(visit, [...streamHeaders, ...headers]);
      visit.response.write(retry(random) + greeting);
    },
    tell,
    dismiss(isGone) {
      for (const seat of seats) if (isGone(seat.credential, seat.visit.request.headers)) bye(seat, "dismissed");
    },
    close() {
      isClosed = true;
      clearInterval(pulse);
      for (const seat of seats) bye(seat, "stopped");
    },
  };
}

/** Tells a client when to come back, should the stream end. */
function retry(random: () => number): string {
  return `retry: ${Math.round(1000 * between(returnSeconds, random))}\n\n`;
}

function between({ least, most }: { least: number; most: number }, random: () => number): number {
  return least + (most - least) * random();
}
