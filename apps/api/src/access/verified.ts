import { Failure } from "../failure.ts";
import type { Actor } from "./actor.ts";
import { type Bucket, fullBucket, type Rate, take } from "./bucket.ts";
import type { Credential } from "./headers.ts";

/** What the database said of a credential. */
export type Verification = {
  actor: Actor;
  rate?: Rate | undefined;
  /** Milliseconds for which it is good; undefined is for ever. */
  remainingMilliseconds?: number | undefined;
};

/** What was taken back: these keys, these sessions, these members. */
export type Revoked = { keys?: readonly string[]; sessions?: readonly string[]; members?: readonly string[] };

export type VerifiedDeps = {
  /** Asks the database; undefined where it does not know the credential. Throws while it is away. */
  verify: (credential: Credential) => Promise<Verification | undefined>;
  /** Milliseconds of a clock that only goes forward. */
  elapsed: () => number;
};

/** Credentials that the database has confirmed within the minute, in memory: asking again costs a look-up. */
export type Verified = {
  /**
   * The actor, `null` for a credential that is wrong, or undefined where the database must be asked first. Takes one of
   * the key's requests.
   * @throws {Failure} `limited`
   */
  peek(credential: Credential): Actor | null | undefined;
  /** The same, once the database has been asked where it must. */
  resolve(credential: Credential): Promise<Actor | null>;
  forget(revoked: Revoked): void;
  /** Something may have been taken back unheard: all is asked anew at its next use. */
  doubt(): void;
};

type Entry = {
  verification: Verification;
  bucket: Bucket | undefined;
  at: number;
  endsAt: number;
  /** The database did not answer when it was asked last. */
  away: boolean;
  /** When it may be asked again in the background. */
  nextAt: number;
};

const goodMilliseconds = 60_000;
// Early enough that a key in steady use never waits for the database, slow though it may be.
const refreshMilliseconds = 45_000;
const retryMilliseconds = 1_000;
const refusedMilliseconds = 10_000;
const most = { entries: 10_000, refused: 1_000 };

export function createVerified({ verify, elapsed }: VerifiedDeps): Verified {
  const entries = new Map<string, Entry>();
  const refused = new Map<string, number>();
  const asking = new Map<string, Promise<void>>();
  // What is revoked while the database is being asked must not come back with an older answer.
  let generation = 0;

  async function ask(credential: Credential): Promise<void> {
    const { digest } = credential;
    const before = generation;
    try {
      const verification = await verify(credential);
      if (before !== generation) return await ask(credential);
      remember(digest, verification);
    } catch (error) {
      const entry = entries.get(digest);
      if (!entry) throw error;
      entry.away = true;
      entry.nextAt = elapsed() + retryMilliseconds;
    }
  }

  function remember(digest: string, verification: Verification | undefined): void {
    const at = elapsed();
    const former = entries.get(digest);
    entries.delete(digest);
    if (!verification) return void put(refused, digest, at + refusedMilliseconds, most.refused);

    const { rate, remainingMilliseconds = Infinity } = verification;
    const bucket = rate && (former?.bucket ?? fullBucket(rate, at));
    const entry = { verification, bucket, at, endsAt: at + remainingMilliseconds, away: false };
    put(entries, digest, { ...entry, nextAt: at + refreshMilliseconds }, most.entries);
  }

  // Several requests with one credential ask once.
  function askOnce(credential: Credential): Promise<void> {
    const { digest } = credential;
    const running = asking.get(digest);
    if (running) return running;

    const run = ask(credential).finally(() => asking.delete(digest));
    asking.set(digest, run);
    return run;
  }

  function usable(credential: Credential): Entry | null | undefined {
    const { digest } = credential;
    const at = elapsed();
    const entry = entries.get(digest);
    if (!entry) return (refused.get(digest) ?? 0) > at ? null : undefined;
    if (entry.endsAt <= at) return void entries.delete(digest);

    const fresh = at - entry.at < goodMilliseconds;
    // Its failure is kept in the entry.
    if (at >= entry.nextAt && (fresh || entry.away)) void askOnce(credential).catch(() => undefined);
    return fresh || entry.away ? entry : undefined;
  }

  function peek(credential: Credential): Actor | null | undefined {
    const entry = usable(credential);
    return entry && admitted(entry, elapsed());
  }

  return {
    peek,
    async resolve(credential) {
      const known = peek(credential);
      if (known !== undefined) return known;
      await askOnce(credential);
      return peek(credential) ?? null;
    },
    forget(revoked) {
      generation += 1;
      for (const [digest, { verification }] of entries)
        if (concerns(revoked, verification.actor)) entries.delete(digest);
    },
    doubt() {
      generation += 1;
      for (const entry of entries.values()) entry.at = -Infinity;
    },
  };
}

/** The entry's actor, marked where the database could not confirm it within the minute. */
function admitted({ verification: { actor, rate }, bucket, at }: Entry, now: number): Actor {
  const wait = bucket && rate ? take(bucket, rate, now) : 0;
  if (wait > 0) throw new Failure("limited", "Too many requests with this key", { retryAfterSeconds: wait });
  const stale = now - at >= goodMilliseconds;
  return stale && (actor.kind === "member" || actor.kind === "admin_key") ? { ...actor, stale } : actor;
}

/** Whether what was taken back is what the actor came with. */
function concerns({ keys = [], sessions = [], members = [] }: Revoked, actor: Actor): boolean {
  if (actor.kind === "member") return members.includes(actor.id) || sessions.includes(actor.session);
  return "id" in actor && keys.includes(actor.id);
}

function put<V>(map: Map<string, V>, key: string, value: V, most: number): void {
  if (map.size >= most && !map.has(key)) map.delete(map.keys().next().value ?? "");
  map.set(key, value);
}
