import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Path of the browser that tests run, if it is on this machine: the shell where there is one, as it draws no windows. */
export function findChromium(): string | undefined {
  const directories = (process.env["PATH"] ?? "").split(delimiter);
  return ["chromium-headless-shell", "chromium"]
    .flatMap((name) => directories.map((directory) => join(directory, name)))
    .find((path) => existsSync(path));
}
