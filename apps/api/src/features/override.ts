import type { IncomingHttpHeaders } from "node:http";
import type { features, Flags, ForcedVariants } from "@beq/flags";
import { overrideCookie, overrideHeader, type Overrides, type VerifiedOverride } from "@beq/flags/override";
import type { Logger } from "@beq/telemetry";

/** What one request's token forces for the user it acts for. Asked where flags are answered, for only there is the user known. */
export type Forced = (userId: string | undefined) => Promise<ForcedVariants | undefined>;

export type ForcingDeps = {
  overrides: Overrides;
  logger: Pick<Logger, "info" | "warn">;
  /** Epoch milliseconds. */
  now: () => number;
};

/** Makes of a request's headers what its token forces; of a request without a token, nothing at all. */
export function createForcing({ overrides, logger, now }: ForcingDeps) {
  const refuse = createRefusals(logger, now);

  return (headers: IncomingHttpHeaders): Forced | undefined => {
    const token = tokenOf(headers);
    if (!token) return undefined;

    const told = new Set<string>();
    const once = (what: string, tell: () => void) => {
      if (!told.has(what)) tell();
      told.add(what);
    };
    // Verified anew each time: a stream outlives its token.
    return async (userId) => {
      const verified = await overrides.verify(token, userId);
      if (!verified.ok) return void once(verified.reason, () => refuse(verified.reason));

      const { variants, userId: owner = null } = verified.override;
      once("forced", () => logger.info("Flags overridden", { flags: Object.keys(variants), override_user: owner }));
      return variants;
    };
  };
}

type Asking = {
  flags: Flags<typeof features>;
  forced: Forced | undefined;
  /** Remembers who asked, so that a preview can say whom a change would move. */
  recent: { note(context: { targetingKey: string }): void };
};

/** The flags as they answer in this request about this user; what a token forces is no exposure. */
export async function flagsFor({ flags, forced, recent }: Asking, userId: string | null | undefined) {
  if (userId) recent.note({ targetingKey: userId });
  const variants = await forced?.(userId ?? undefined);
  return variants ? flags.forced(variants) : flags;
}

function tokenOf(headers: IncomingHttpHeaders): string | undefined {
  const header = headers[overrideHeader];
  if (typeof header === "string" && header !== "") return header;
  return headers.cookie?.includes(overrideCookie) ? cookieIn(headers.cookie) : undefined;
}

function cookieIn(cookies: string): string | undefined {
  const start = `${overrideCookie}=`;
  const pairs = cookies.split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(start))?.slice(start.length);
}

type Reason = Extract<VerifiedOverride, { ok: false }>["reason"];

// What nobody comes to hold by honest means; the others are a tester's forgotten cookie.
const suspicious: ReadonlySet<Reason> = new Set<Reason>(["forged", "malformed"]);
const quietMilliseconds = 60_000;

/** Logs the first refusal of a kind, then one line a minute at most: a cookie comes with every request. */
function createRefusals(logger: ForcingDeps["logger"], now: () => number): (reason: Reason) => void {
  const last = new Map<Reason, { at: number; unlogged: number }>();

  return (reason) => {
    const told = last.get(reason);
    if (told && now() - told.at < quietMilliseconds) {
      told.unlogged += 1;
      return;
    }
    last.set(reason, { at: now(), unlogged: 0 });
    const level = suspicious.has(reason) ? "warn" : "info";
    logger[level]("Flag override refused", { reason, unlogged: told?.unlogged ?? 0 });
  };
}
