import type { Path } from "./report.ts";

/** Thrown where a foreign document says what a flag cannot; the message is for the report. */
export class Unsupported extends Error {
  readonly path: Path;

  constructor(path: Path, message: string) {
    super(message);
    this.path = path;
  }
}
