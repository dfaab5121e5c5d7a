import { Writable } from "node:stream";

/** A stream that keeps what it is given. */
export function collector() {
  let text = "";
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return {
    stream,
    text: () => text,
    lines: (): Record<string, unknown>[] =>
      text
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line)),
  };
}

/** A stream whose reader stands still until it is let go. */
export function stuck() {
  let text = "";
  let release: (() => void) | undefined;
  let open = false;
  const stream = new Writable({
    highWaterMark: 1,
    write(chunk, _encoding, done) {
      text += String(chunk);
      if (open) done();
      else release = done;
    },
  });
  return {
    stream,
    text: () => text,
    letGo() {
      open = true;
      release?.();
    },
  };
}
