import { z } from "zod";

const loopbackHosts = new Set(["127.0.0.1", "::1", "localhost"]);

const truth = z.enum(["true", "1", "yes", "on", "false", "0", "no", "off"]);
const yes = new Set(["true", "1", "yes", "on"]);

// Each description finishes the sentence "expected …".
const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8000).meta({ description: "a port number 0..65535" }),
  HOST: z.string().min(1).default("127.0.0.1"),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .meta({ description: "a postgres:// address" }),
  DATA_DIR: z.string().min(1).default(".beq"),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({ description: "an http:// or https:// address" }),
  AUTH_SECRET: z.string().min(32).optional().meta({ description: "at least 32 characters" }),
  SERVER_KEY: z.string().min(16).optional().meta({ description: "at least 16 characters" }),
  OVERRIDE_SECRET: z
    .string()
    .refine((text) => secretsIn(text).every((secret) => secret.length >= 32))
    .optional()
    .meta({ description: "secrets of at least 32 characters, separated by commas" }),
  SCHEDULER_SERVICE_URL: z
    .url({ protocol: /^https?$/ })
    .default("http://127.0.0.1:8001")
    .meta({ description: "an http:// or https:// address" }),
  SCHEDULER_TOKEN: z.string().optional(),
  SCHEDULER_TIMEOUT_SECONDS: z.coerce.number().min(1).max(600).default(60).meta({ description: "seconds 1..600" }),
  METRICS_TOKEN: z.string().optional(),
  FLAGS_READONLY: truth.default("false").meta({ description: "true or false" }),
  WEBHOOKS_ALLOW_PRIVATE: truth.default("false").meta({ description: "true or false" }),
  STREAM_CLIENTS: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(20_000)
    .meta({ description: "a whole number 1..1000000" }),
  LOG_LEVEL: z
    .enum(["error", "warn", "info", "debug"])
    .default("info")
    .meta({ description: "error, warn, info or debug" }),
  TELEMETRY_MAX_USER_LABELS: z.coerce
    .number()
    .int()
    .min(0)
    .max(10_000)
    .default(200)
    .meta({ description: "a whole number 0..10000" }),
  TELEMETRY_USER_HISTOGRAMS: truth.default("false").meta({ description: "true or false" }),
});

export type Config = {
  port: number;
  host: string;
  /** Host is loopback: `/metrics` needs no token, and open mode is possible. */
  loopback: boolean;
  /** No credentials asked on loopback: the first ten minutes. */
  open: boolean;
  databaseUrl: string | undefined;
  dataDirectory: string;
  publicUrl: string | undefined;
  serverKey: string | undefined;
  /** Signs sessions; without it the database keeps one that was made at the first start. */
  authSecret: string | undefined;
  /** The first signs overrides, all verify them; without any there are none. */
  overrideSecrets: [string, ...string[]] | undefined;
  scheduler: { url: string; token: string | undefined; timeoutSeconds: number };
  metricsToken: string | undefined;
  /** Streams of events that may be open at a time. */
  streamClients: number;
  /** Declared flags are what the environment says, and nothing is saved. */
  readonlyFlags: boolean;
  /** Webhooks may lead to this machine and into private networks. */
  privateWebhooks: boolean;
  logLevel: "error" | "warn" | "info" | "debug";
  maxUserLabels: number;
  userHistograms: boolean;
};

/** Thrown with one line for the person who starts the process. */
export class BadConfig extends Error {}

/**
 * The process environment as a Config.
 * @throws {BadConfig} naming variable, value and what was expected
 */
export function parseConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  // An empty variable is an unset one, as in a compose file that passes `${X:-}` on.
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = Environment.safeParse(given);
  if (!parsed.success) throw new BadConfig(explain(parsed.error, given));

  const env = parsed.data;
  const loopback = loopbackHosts.has(env.HOST);
  const open = loopback && !env.DATABASE_URL && !env.PUBLIC_URL;
  return {
    port: env.PORT,
    host: env.HOST,
    loopback,
    open,
    databaseUrl: env.DATABASE_URL,
    dataDirectory: env.DATA_DIR,
    publicUrl: env.PUBLIC_URL,
    serverKey: env.SERVER_KEY,
    authSecret: env.AUTH_SECRET,
    overrideSecrets: env.OVERRIDE_SECRET === undefined ? undefined : secretsIn(env.OVERRIDE_SECRET),
    scheduler: {
      url: env.SCHEDULER_SERVICE_URL.replace(/\/+$/, ""),
      token: env.SCHEDULER_TOKEN,
      timeoutSeconds: env.SCHEDULER_TIMEOUT_SECONDS,
    },
    metricsToken: env.METRICS_TOKEN,
    streamClients: env.STREAM_CLIENTS,
    readonlyFlags: yes.has(env.FLAGS_READONLY),
    privateWebhooks: open || yes.has(env.WEBHOOKS_ALLOW_PRIVATE),
    logLevel: env.LOG_LEVEL,
    maxUserLabels: env.TELEMETRY_MAX_USER_LABELS,
    userHistograms: yes.has(env.TELEMETRY_USER_HISTOGRAMS),
  };
}

function secretsIn(text: string): [string, ...string[]] {
  const [first = "", ...others] = text.split(",").map((secret) => secret.trim());
  return [first, ...others];
}

const secrets = /KEY|TOKEN|SECRET|DATABASE_URL/;

function explain(error: z.ZodError, given: Readonly<Record<string, string | undefined>>): string {
  const name = String(error.issues[0]?.path[0]);
  const shown = secrets.test(name) ? "(hidden)" : `"${given[name] ?? ""}"`;
  const expected = Environment.shape[name as keyof typeof Environment.shape].meta()?.description;
  return `${name}=${shown}: expected ${expected ?? error.issues[0]?.message}`;
}
