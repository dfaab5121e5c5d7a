import { z } from "zod";

export const Dependency = z.object({
  status: z.enum(["healthy", "unhealthy"]),
  response_time_ms: z.number(),
  message: z.string().nullable(),
});
export type Dependency = z.infer<typeof Dependency>;

/** What this process needs, and how it fares. */
export type Health = {
  version: string;
  /** `embedded` or `postgresql`: what kind of deployment this is. */
  environment: string;
  startedAt: number;
  check(): Promise<Record<"database" | "scheduler", Dependency>>;
};

const patienceMilliseconds = 2_000;

/** Asks every dependency at once; one that does not answer within two seconds is unhealthy. */
export async function probeAll<Name extends string>(
  probes: Record<Name, () => Promise<void>>,
  now: () => number,
): Promise<Record<Name, Dependency>> {
  const names = Object.keys(probes) as Name[];
  const results = await Promise.all(names.map(async (name) => [name, await probe(probes[name], now)] as const));
  return Object.fromEntries(results) as Record<Name, Dependency>;
}

async function probe(ask: () => Promise<void>, now: () => number): Promise<Dependency> {
  const started = now();
  const patience = AbortSignal.timeout(patienceMilliseconds);
  const late = new Promise<never>((_, reject) =>
    patience.addEventListener("abort", () => reject(new Error("no answer in 2 s")), { once: true }),
  );
  try {
    await Promise.race([ask(), late]);
    return { status: "healthy", response_time_ms: now() - started, message: null };
  } catch (error) {
    return { status: "unhealthy", response_time_ms: now() - started, message: reasonOf(error) };
  }
}

// Names the kind of trouble and no address: health answers everybody.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "failed";
  const { code } = (error.cause ?? error) as NodeJS.ErrnoException;
  return code === "ECONNREFUSED"
    ? "connection refused"
    : (code ?? (error.message.startsWith("no answer") ? error.message : "failed"));
}
