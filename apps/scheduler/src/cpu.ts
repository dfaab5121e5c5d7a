import { readFileSync, readlinkSync } from "node:fs";

/** The number that the system has for this thread; only Linux says. */
export function ownThread(): number | undefined {
  return tried(() => Number(readlinkSync("/proc/thread-self").split("/").at(-1)));
}

/** For how many milliseconds a thread of this process has had a core so far, where the system keeps count of it. */
export function timeOn(thread: number): number | undefined {
  // Nanoseconds on a core, nanoseconds of waiting for one, turns; all 0 where nothing is counted.
  const nanoseconds = tried(() => Number(readFileSync(`/proc/self/task/${thread}/schedstat`, "utf8").split(" ")[0]));
  return nanoseconds ? nanoseconds / 1e6 : undefined;
}

function tried(read: () => number): number | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
