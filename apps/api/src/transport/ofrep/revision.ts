import { createHash } from "node:crypto";
import type { FlagSet } from "@beq/flags";

/** The flags in force as a stream names them. */
export type Revision = {
  /** `{saved version}.{hash of the set}`; opaque to clients. */
  etag: string;
  /** When the last saved change was made, in seconds since 1970; undefined where none is known. */
  lastModified: number | undefined;
};

/** What a client was told on a stream, and now expects to be answered by. */
export type Expected = { etag: string | null; lastModified: string | null };

export type Revisions = {
  current(): Revision;
  /** Whether the flags in force are at least as new as `expected`, waiting a while for a change that is on its way. */
  reached(expected: Expected, then: (isFresh: boolean) => void): void;
};

export type RevisionsDeps = {
  flags: { readonly flagSet: FlagSet };
  onChange: (listener: () => void) => void;
  /** The version of the last saved change, and when it was made (ISO 8601). */
  saved: () => { version: number; at: string | undefined };
  /** Calls back after a time, and returns what stops that. */
  timer: (milliseconds: number, fn: () => void) => () => void;
};

const patienceMilliseconds = 5_000;
// Who names versions to come must not fill our memory with waiting.
const mostWaiting = 2_000;

/** Knows how new the flags of this process are, so that no client is answered by older ones than it was told of. */
export function createRevisions({ flags, onChange, saved, timer }: RevisionsDeps): Revisions {
  const waiting = new Set<() => void>();
  let named: { flagSet: FlagSet; hash: string } | undefined;
  onChange(() => {
    for (const wake of Array.from(waiting)) wake();
  });

  const hash = (): string => {
    if (named?.flagSet !== flags.flagSet) named = { flagSet: flags.flagSet, hash: hashOf(flags.flagSet) };
    return named.hash;
  };
  const isFresh = ({ etag, lastModified }: Expected): boolean => {
    const { version, at } = saved();
    if (etag !== null) return version >= versionIn(etag);
    return lastModified === null || !(secondsIn(lastModified) > secondsOf(at));
  };

  return {
    current: () => {
      const { version, at } = saved();
      return { etag: `${version}.${hash()}`, lastModified: at === undefined ? undefined : secondsOf(at) };
    },
    reached(expected, then) {
      if (isFresh(expected)) return then(true);
      if (waiting.size >= mostWaiting) return then(false);

      const done = (answer: boolean) => {
        waiting.delete(wake);
        stop();
        then(answer);
      };
      const wake = () => isFresh(expected) && done(true);
      const stop = timer(patienceMilliseconds, () => done(isFresh(expected)));
      waiting.add(wake);
    },
  };
}

/** The saved version in a tag of ours; what is none expects nothing. */
function versionIn(etag: string): number {
  return Number(/^(\d{1,15})\.[0-9a-f]{16}$/.exec(etag)?.[1] ?? 0);
}

function secondsIn(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : secondsOf(text);
}

function secondsOf(at: string | undefined): number {
  return at === undefined ? NaN : Math.floor(Date.parse(at) / 1000);
}

function hashOf({ flags, segments }: FlagSet): string {
  return createHash("sha256")
    .update(JSON.stringify([flags, segments]))
    .digest("hex")
    .slice(0, 16);
}
