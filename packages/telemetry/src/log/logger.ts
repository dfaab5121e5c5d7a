import { Writable } from "node:stream";

import { createLogger as createWinston, type Logform } from "winston";

import type { Correlation } from "../correlation.ts";
import { type Level, rank } from "./level.ts";
import { createComposer, type Entry, type Line, toJson } from "./line.ts";
import { createOutlet, type Outlet, type Room } from "./outlet.ts";
import { toPretty } from "./pretty.ts";
import type { Fields } from "./redact.ts";

export interface Logger {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
  /** Waits until the lines are out, at most 2 s. Call it before the process ends. */
  flush(): Promise<void>;
  /** Lines lost since the start because the stream did not keep up. */
  dropped(): number;
}

export interface LoggerOptions {
  readonly service: string;
  readonly version: string;
  readonly level: Level;
  /** Fills `request_id`, `trace_id` and `user_id` of every line; a field of that name goes before. */
  readonly correlation?: Pick<Correlation, "current">;
  readonly stream?: Writable & { readonly isTTY?: boolean };
  readonly pretty?: boolean;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  /** How much may wait while the stream takes nothing. */
  readonly room?: Room;
}

const flushSeconds = 2;
const message = Symbol.for("message");

/**
 * Lines as JSON on `stream`, for people when it is a terminal. A call never throws, never waits, and does no more than
 * drop (and count) its line when too many wait: `debug` and `info` first.
 */
export function createLogger(options: LoggerOptions): Logger {
  const { level: threshold, correlation, stream = process.stdout, clock = Date.now } = options;
  const { pretty = stream.isTTY === true, room = { lines: 10_000, characters: 16_000_000 } } = options;
  const outlet = createOutlet(stream, room);
  const write = pretty ? toPretty : toJson;
  const winston = createWinston({
    levels: rank,
    level: threshold,
    format: lineFormat(createComposer(options), write),
    transports: transportTo(outlet),
  });

  function log(level: Level, message: string, fields: Fields | undefined): void {
    if (rank[level] > rank[threshold] || !outlet.admit(level)) return;
    const entry: Entry = { level, message, time: clock(), ids: correlation?.current(), fields };
    winston.write(entry);
  }

  return {
    debug: (message, fields) => log("debug", message, fields),
    info: (message, fields) => log("info", message, fields),
    warn: (message, fields) => log("warn", message, fields),
    error: (message, fields) => log("error", message, fields),
    flush: () => outlet.flush(flushSeconds),
    dropped: () => outlet.dropped(),
  };
}

function transportTo(outlet: Outlet): Writable {
  const transport = new Writable({
    objectMode: true,
    write(info: Record<symbol, string>, _encoding, done) {
      outlet.put(info[message] ?? "");
      done();
    },
  });
  // Winston tells a transport by its `log`, and then writes to it as to any stream.
  return Object.assign(transport, { log: () => undefined });
}

// Winston hands its own record through untyped; this is the one place that knows it is ours.
function lineFormat(compose: (entry: Entry) => Line, write: (line: Line) => string): Logform.Format {
  return {
    transform(info) {
      info[message] = write(compose(info as unknown as Entry));
      return info;
    },
  };
}
