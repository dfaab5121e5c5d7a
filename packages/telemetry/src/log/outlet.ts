import type { Writable } from "node:stream";

import { type Level, rank } from "./level.ts";

/** The way to the stream, with room for a bounded number of lines while the stream is not taking any. */
export interface Outlet {
  /** Takes a place for one line; false (and counted) when there is none left for its level. */
  admit(level: Level): boolean;
  /** Sends a line that was admitted. */
  put(line: string): void;
  /** Resolves when all admitted lines were taken by the stream, at the latest after `seconds`. */
  flush(seconds: number): Promise<void>;
  /** Lines lost so far. */
  dropped(): number;
}

export interface Room {
  readonly lines: number;
  readonly characters: number;
}

// The last fifth of the room is kept for warnings and errors, so that a flood of lesser lines is lost first.
const lesserShare = 0.8;
const batch = 256;

export function createOutlet(stream: Writable, room: Room): Outlet {
  let queue: string[] = [];
  let characters = 0;
  let admitted = 0;
  let dropped = 0;
  let blocked = false;
  let broken = false;
  let waiters: (() => void)[] = [];

  stream.on("error", giveUp);
  stream.on("close", giveUp);

  // A reader that went away takes the lines with it, never the process.
  function giveUp(): void {
    broken = true;
    dropped += admitted;
    admitted = 0;
    queue = [];
    settle();
  }

  function send(text: string, lines: number): void {
    admitted -= lines;
    if (stream.write(text)) return;
    blocked = true;
    stream.once("drain", pump);
  }

  function pump(): void {
    blocked = false;
    while (queue.length > 0 && !blocked) {
      const lines = queue.splice(0, batch);
      const text = lines.join("");
      characters -= text.length;
      send(text, lines.length);
    }
    settle();
  }

  function settle(): void {
    if (admitted > 0) return;
    const settled = waiters;
    waiters = [];
    for (const done of settled) done();
  }

  function handedOver(): Promise<void> {
    return new Promise((resolve) => (admitted > 0 ? waiters.push(resolve) : resolve()));
  }

  // The callback of an empty write comes after everything that was written before it.
  async function emptied(): Promise<void> {
    await handedOver();
    if (broken || stream.writableLength === 0) return;
    await new Promise<void>((resolve) => stream.write("", () => resolve()));
  }

  return {
    admit(level) {
      const share = rank[level] > rank.warn ? lesserShare : 1;
      const full = broken || admitted >= room.lines * share || characters >= room.characters * share;
      if (full) dropped += 1;
      else admitted += 1;
      return !full;
    },
    put(line) {
      if (broken) return;
      if (!blocked) {
        send(`${line}\n`, 1);
        return settle();
      }
      queue.push(`${line}\n`);
      characters += line.length + 1;
    },
    flush: (seconds) => within(emptied(), seconds),
    dropped: () => dropped,
  };
}

async function within(work: Promise<void>, seconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, seconds * 1000)));
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
