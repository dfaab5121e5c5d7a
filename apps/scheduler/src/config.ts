import { parseEnv } from "node:util";
import { z } from "zod";

export type Variables = Readonly<Record<string, string | undefined>>;

/** What the service runs by. Durations are in seconds; an absent token asks for no credential. */
export type Config = {
  port: number;
  host: string;
  token: string | undefined;
  metricsToken: string | undefined;
  logLevel: "debug" | "info" | "warn" | "error";
  workers: number;
  queue: number;
  timeLimitSeconds: number;
  /** How hard a plan is searched for: equal steps give equal plans, whatever time a machine happens to have. */
  iterations: number;
  /** How long a stream goes on to prove its plan; 0: not at all. */
  proofSeconds: number;
  /** By how much one proof may make the process grow. */
  proofMegabytes: number;
};

export type Configured = { ok: true; config: Config } | { ok: false; problem: string };

const secrets = new Set(["SCHEDULER_TOKEN", "METRICS_TOKEN"]);

/** The variables of the process over those of a `.env` file's text. */
export function environment(file: string, process: Variables): Variables {
  return { ...parseEnv(file), ...process };
}

/**
 * Variables as a {@link Config}. An empty value counts as unset.
 * @param cores how many solves may run at once where SCHEDULER_WORKERS does not say
 * @returns the first problem as one line naming variable, value and expectation
 */
export function configure(variables: Variables, cores: number): Configured {
  const known = Object.entries(variables).filter(([, value]) => value !== undefined && value.trim() !== "");
  const parsed = schema(cores).safeParse(Object.fromEntries(known.map(([name, value]) => [name, value?.trim()])));
  if (!parsed.success) return { ok: false, problem: problem(parsed.error, variables) };

  const config = named(parsed.data);
  if (config.token !== undefined || isLoopback(config.host)) return { ok: true, config };
  return {
    ok: false,
    problem: `SCHEDULER_TOKEN is not set: expected a token, because SCHEDULER_HOST="${config.host}" is not loopback`,
  };
}

/** Whether only this machine can reach a server bound to `host`. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function schema(cores: number) {
  const token = z.string().regex(/^[\x21-\x7e]+$/, "a token of printable characters without spaces");
  return z.object({
    SCHEDULER_PORT: whole(0, 65_535, "a port number 0..65535").default(8001),
    SCHEDULER_HOST: z
      .string()
      .regex(/^[A-Za-z0-9.:_-]+$/, "a host name or address such as 127.0.0.1")
      .default("127.0.0.1"),
    SCHEDULER_TOKEN: token.optional(),
    METRICS_TOKEN: token.optional(),
    LOG_LEVEL: z.enum(["debug", "info", "warn", "error"], "one of debug, info, warn, error").default("info"),
    SCHEDULER_WORKERS: whole(1, 256, "a number of workers 1..256").default(cores),
    SCHEDULER_QUEUE: whole(0, 10_000, "a number of waiting requests 0..10000").default(32),
    SCHEDULER_TIME_LIMIT_SECONDS: seconds(0.1, 600, "seconds 0.1..600").default(10),
    SCHEDULER_ITERATIONS: whole(1, 10_000_000, "a number of steps 1..10000000").default(12_000),
    SCHEDULER_PROOF_SECONDS: seconds(0, 600, "seconds 0..600").default(10),
    SCHEDULER_PROOF_MEGABYTES: whole(64, 65_536, "megabytes 64..65536").default(1_536),
  });
}

function whole(least: number, most: number, expectation: string) {
  return z
    .string()
    .regex(/^\d{1,9}$/, expectation)
    .transform(Number)
    .refine((value) => value >= least && value <= most, expectation);
}

function seconds(least: number, most: number, expectation: string) {
  return z
    .string()
    .regex(/^\d{1,9}(?:\.\d{1,9})?$/, expectation)
    .transform(Number)
    .refine((value) => value >= least && value <= most, expectation);
}

function named(env: z.infer<ReturnType<typeof schema>>): Config {
  return {
    port: env.SCHEDULER_PORT,
    host: env.SCHEDULER_HOST,
    token: env.SCHEDULER_TOKEN,
    metricsToken: env.METRICS_TOKEN,
    logLevel: env.LOG_LEVEL,
    workers: env.SCHEDULER_WORKERS,
    queue: env.SCHEDULER_QUEUE,
    timeLimitSeconds: env.SCHEDULER_TIME_LIMIT_SECONDS,
    iterations: env.SCHEDULER_ITERATIONS,
    proofSeconds: env.SCHEDULER_PROOF_SECONDS,
    proofMegabytes: env.SCHEDULER_PROOF_MEGABYTES,
  };
}

function problem(error: z.ZodError, variables: Variables): string {
  const [issue] = error.issues;
  const name = String(issue?.path[0]);
  // A secret's value must not reach a terminal or a log, not even a mistyped one.
  const value = secrets.has(name) ? "(hidden)" : JSON.stringify(variables[name]);
  return `${name}=${value}: expected ${issue?.message ?? "another value"}`;
}
