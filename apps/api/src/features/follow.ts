import { readFileSync, unwatchFile, watchFile } from "node:fs";
import { parseEnv } from "node:util";

export type Variables = Record<string, string | undefined>;

export type FollowOptions = {
  /** Path of the `.env` file; it may not exist yet. */
  path: string;
  /** The process environment, which wins over the file. */
  environment: Variables;
  onChange: (variables: Variables) => void;
  intervalMilliseconds?: number;
};

// Many editors empty the file before they write it: what is read in between is nobody's wish.
const settleMilliseconds = 100;

/**
 * Watches a `.env` file by its modification time, which works for editors that replace the file and on any file
 * system.
 * @returns a function that stops watching
 */
export function follow({ path, environment, onChange, intervalMilliseconds = 250 }: FollowOptions): () => void {
  let settling: NodeJS.Timeout | undefined;
  const listener = () => {
    clearTimeout(settling);
    settling = setTimeout(() => onChange({ ...readVariables(path), ...environment }), settleMilliseconds);
  };
  watchFile(path, { interval: intervalMilliseconds, persistent: false }, listener);
  return () => {
    clearTimeout(settling);
    unwatchFile(path, listener);
  };
}

/** The variables of a `.env` file; none where there is no file. */
export function readVariables(path: string): Variables {
  try {
    return parseEnv(readFileSync(path, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
}
