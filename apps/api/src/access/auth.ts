import { apiKey } from "@better-auth/api-key";
import type { Logger } from "@beq/telemetry";
import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import type { Database } from "../store/open.ts";
import { account, apikey, session, user, verification } from "../store/people.ts";

export type AuthDeps = {
  db: Database;
  /** Signs the session cookies. */
  secret: string;
  /** Origin of the address at which people reach us. */
  baseUrl: string;
  overTls: boolean;
  /** Whether a page of that origin is ours. */
  isOwn: (origin: string, host: string | undefined) => boolean;
  /** Told of each session that ends before its time. */
  onSessionEnd: (id: string) => Promise<void>;
  logger: Pick<Logger, "debug" | "error">;
};

export const keyKinds = ["client", "server", "admin"] as const;
export type KeyKind = (typeof keyKinds)[number];

export const passwordLength = { min: 10, max: 128 };
const day = 24 * 60 * 60;
const shownCharacters = 4;

export type Auth = ReturnType<typeof createAuth>;

/**
 * The library that keeps passwords, sessions and keys. What it would do by itself and we do elsewhere is off: accounts
 * are made by invitation, and limits are ours. Its cache in the cookie is off because a revoked session would outlive it.
 */
export function createAuth({ db, secret, baseUrl, overTls, isOwn, onSessionEnd, logger }: AuthDeps) {
  return betterAuth({
    appName: "BeQ",
    baseURL: baseUrl,
    basePath: "/api/auth",
    secret,
    database: drizzleAdapter(db, { provider: "pg", schema: { account, apikey, session, user, verification } }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
    },
    user: { additionalFields: { role: { type: "string", input: false } } },
    session: { expiresIn: 7 * day, updateAge: day, cookieCache: { enabled: false } },
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: "beq",
      useSecureCookies: overTls,
      // Left out, they are decided by what the environment looks like.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      ipAddress: { disableIpTracking: true },
    },
    trustedOrigins: (request) => {
      const origin = request?.headers.get("origin");
      return origin && isOwn(origin, request?.headers.get("host") ?? undefined) ? [origin] : [];
    },
    databaseHooks: { session: { delete: { after: ({ id }) => onSessionEnd(id) } } },
    telemetry: { enabled: false },
    // Else it writes what it did not foresee to the console, with all that was asked of the database.
    onAPIError: { throw: true },
    logger: {
      log: (level, message, ...details) =>
        logger[level === "error" ? "error" : "debug"](message, { errors: details.flatMap(rootOf) }),
    },
    plugins: [apiKey(keyKinds.map(keyConfiguration))],
  });
}

/** The first cause of an error: what is above it quotes the parameters of queries, such as addresses and tokens. */
function rootOf(detail: unknown): Error[] {
  if (!(detail instanceof Error)) return [];
  return detail.cause instanceof Error ? rootOf(detail.cause) : [detail];
}

function keyConfiguration(kind: KeyKind) {
  const defaultPrefix = `beq_${kind}_`;
  return {
    configId: kind,
    defaultPrefix,
    defaultKeyLength: 48,
    requireName: true,
    maximumNameLength: 100,
    enableMetadata: true,
    startingCharactersConfig: { charactersLength: defaultPrefix.length + shownCharacters },
    keyExpiration: { maxExpiresIn: 3_650 },
    // Requests are counted in memory; the library would write to the database for each.
    rateLimit: { enabled: false },
  };
}
