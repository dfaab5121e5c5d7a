import { describe, expect, it } from "vitest";
import { configure, environment, isLoopback } from "./config.ts";

describe("configure", () => {
  it("gives every variable its default", () => {
    expect(configure({}, 2)).toEqual({
      ok: true,
      config: {
        port: 8001,
        host: "127.0.0.1",
        token: undefined,
        metricsToken: undefined,
        logLevel: "info",
        workers: 2,
        queue: 32,
        timeLimitSeconds: 10,
        iterations: 12_000,
        proofSeconds: 10,
        proofMegabytes: 1_536,
      },
    });
  });

  it("takes an empty value for an unset one", () => {
    expect(configure({ SCHEDULER_PORT: "", SCHEDULER_TOKEN: " " }, 1)).toMatchObject({
      config: { port: 8001, token: undefined },
    });
  });

  it("reads what is set", () => {
    const env = {
      SCHEDULER_PORT: "0",
      SCHEDULER_QUEUE: "0",
      SCHEDULER_WORKERS: "3",
      SCHEDULER_TIME_LIMIT_SECONDS: "2.5",
      SCHEDULER_ITERATIONS: "500",
      SCHEDULER_PROOF_SECONDS: "0",
    };
    expect(configure(env, 1)).toMatchObject({
      config: { port: 0, queue: 0, workers: 3, timeLimitSeconds: 2.5, iterations: 500, proofSeconds: 0 },
    });
  });

  it.each([
    ["SCHEDULER_PORT", "abc", 'SCHEDULER_PORT="abc": expected a port number 0..65535'],
    ["SCHEDULER_PORT", "65536", 'SCHEDULER_PORT="65536": expected a port number 0..65535'],
    ["SCHEDULER_PORT", "80.5", 'SCHEDULER_PORT="80.5": expected a port number 0..65535'],
    ["SCHEDULER_HOST", "a b", 'SCHEDULER_HOST="a b": expected a host name or address such as 127.0.0.1'],
    ["SCHEDULER_WORKERS", "0", 'SCHEDULER_WORKERS="0": expected a number of workers 1..256'],
    ["SCHEDULER_QUEUE", "-1", 'SCHEDULER_QUEUE="-1": expected a number of waiting requests 0..10000'],
    ["SCHEDULER_TIME_LIMIT_SECONDS", "0", 'SCHEDULER_TIME_LIMIT_SECONDS="0": expected seconds 0.1..600'],
    ["SCHEDULER_ITERATIONS", "0", 'SCHEDULER_ITERATIONS="0": expected a number of steps 1..10000000'],
    ["SCHEDULER_PROOF_MEGABYTES", "1", 'SCHEDULER_PROOF_MEGABYTES="1": expected megabytes 64..65536'],
    ["LOG_LEVEL", "loud", 'LOG_LEVEL="loud": expected one of debug, info, warn, error'],
  ])("refuses %s=%s in one line", (name, value, problem) => {
    expect(configure({ [name]: value }, 1)).toEqual({ ok: false, problem });
  });

  it("never repeats a secret, not even a mistyped one", () => {
    const refused = configure({ SCHEDULER_TOKEN: "hush hush" }, 1);
    expect(refused).toMatchObject({ ok: false, problem: expect.stringContaining("SCHEDULER_TOKEN=(hidden)") });
    expect(JSON.stringify(refused)).not.toContain("hush");
  });

  it.each(["0.0.0.0", "::", "192.168.1.5", "scheduler"])("asks for a token when bound to %s", (host) => {
    const problem = `SCHEDULER_TOKEN is not set: expected a token, because SCHEDULER_HOST="${host}" is not loopback`;
    expect(configure({ SCHEDULER_HOST: host }, 1)).toEqual({ ok: false, problem });
    expect(configure({ SCHEDULER_HOST: host, SCHEDULER_TOKEN: "t" }, 1).ok).toBe(true);
  });
});

describe("environment", () => {
  it("lets the process win over the file", () => {
    const file = 'SCHEDULER_PORT=9000\n# a comment\nSCHEDULER_HOST="localhost"\n';
    expect(environment(file, { SCHEDULER_PORT: "9100" })).toEqual({
      SCHEDULER_PORT: "9100",
      SCHEDULER_HOST: "localhost",
    });
  });
});

describe("isLoopback", () => {
  it.each(["127.0.0.1", "127.9.9.9", "::1", "localhost"])("holds for %s", (host) =>
    expect(isLoopback(host)).toBe(true),
  );
  it.each(["0.0.0.0", "127.0.0.1.example.org", "10.0.0.1"])("does not hold for %s", (host) =>
    expect(isLoopback(host)).toBe(false),
  );
});
