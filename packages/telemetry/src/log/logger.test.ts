import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { createCorrelation } from "../correlation.ts";
import { collector, stuck } from "../testing/stream.ts";
import { maxLineBytes } from "./line.ts";
import { createLogger, type LoggerOptions } from "./logger.ts";

describe("a line", () => {
  it("carries the fixed keys in their order, then what is particular", async () => {
    const out = collector();
    const correlation = createCorrelation();
    const logger = api({ stream: out.stream, correlation });
    const ids = { request_id: "request-1", trace_id: "a".repeat(32), span_id: "b".repeat(16) };
    correlation.run(ids, () => {
      correlation.identify("user-123");
      const facts = { event_count: 5, confidence_score: 0.85, port: 1 };
      logger.info("Schedule generated", {
        operation: "schedule_generation",
        duration: 1.23,
        status: "success",
        ...facts,
      });
    });
    await logger.flush();
    expect(out.text()).toBe(
      `{"timestamp":"2024-01-15T10:30:00.000Z","level":"info","message":"Schedule generated","service":"api","version":"1.0.0",` +
        `"request_id":"request-1","trace_id":"${"a".repeat(32)}","user_id":"user-123","operation":"schedule_generation",` +
        `"duration":1.23,"status":"success","event_count":5,"confidence_score":0.85,"port":1}\n`,
    );
  });

  it("cannot be given another time, level or origin by a field", async () => {
    const out = collector();
    const logger = api({ stream: out.stream });
    logger.warn("true", { timestamp: "false", level: "debug", message: "false", service: "false", version: "false" });
    await logger.flush();
    const [line] = out.lines();
    expect(line).toEqual({
      timestamp: "2024-01-15T10:30:00.000Z",
      level: "warn",
      message: "true",
      service: "api",
      version: "1.0.0",
    });
  });

  it("is written from its level upwards", async () => {
    const out = collector();
    const logger = api({ stream: out.stream, level: "warn" });
    for (const level of ["debug", "info", "warn", "error"] as const) logger[level](level);
    await logger.flush();
    expect(out.lines().map(({ level }) => level)).toEqual(["warn", "error"]);
  });

  it("is for people on a terminal, and cannot steer it", async () => {
    const out = collector();
    const logger = api({ stream: Object.assign(out.stream, { isTTY: true }) });
    logger.info("hello\u001b[2J", { operation: "a\nb" });
    await logger.flush();
    expect(out.text()).toContain("hello\\u001b[2J");
    expect(out.text()).toContain("operation=a\\nb");
    expect(out.text().split("\n")).toHaveLength(2);
  });
});

describe("any fields at all", () => {
  const secret = "hunter2-hunter2";
  const key = fc.constantFrom("password", "Authorization", "cookie", "access_token", "apiKey", "title", "content");
  const odd = fc.constantFrom<unknown>(
    10n,
    undefined,
    new Error("odd"),
    Buffer.alloc(9),
    Symbol("s"),
    Number.NaN,
    new Date(Number.NaN),
  );
  const value = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { depthSize: "small" },
      odd,
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true }),
      fc.string({ unit: "binary", maxLength: 5000 }),
      fc.dictionary(fc.string({ unit: "binary" }), tie("node")),
      fc.tuple(key).map(([name]) => ({ [name]: secret })),
      fc.tuple(key, tie("node")).map(([name, inner]) => [{ [name]: { inner, secret } }]),
    ),
  })).node;
  const fields = fc.dictionary(fc.string({ unit: "binary" }), value);

  it("give exactly one line that parses, is short enough and holds no secret (seed 20)", async () => {
    const property = fc.asyncProperty(
      fc.string({ unit: "binary", maxLength: 20_000 }),
      fields,
      async (message, given) => {
        const out = collector();
        const logger = api({ stream: out.stream });
        logger.info(message, given);
        await logger.flush();

        const [line, ...more] = out.text().split("\n");
        expect(more).toEqual([""]);
        expect(JSON.parse(line ?? "")).toMatchObject({ level: "info", service: "api" });
        expect(Buffer.byteLength(out.text())).toBeLessThanOrEqual(maxLineBytes);
        expect(line).not.toContain(secret);
      },
    );
    await fc.assert(property, { seed: 20, numRuns: 500 });
  });

  it("are cut to the essential when the line would be too long", async () => {
    const out = collector();
    const logger = api({ stream: out.stream });
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`field_${index}`, "\u0001".repeat(1900)]),
    );
    logger.info("long", { operation: "\u0001".repeat(1900), duration: 1, ...many });
    await logger.flush();
    expect(out.lines()).toMatchObject([{ message: "long", duration: 1, cut: true }]);
    expect(out.text().length).toBeLessThanOrEqual(maxLineBytes);
  });
});

describe("a reader that does not keep up", () => {
  it("costs the lesser lines first, and every loss is counted", async () => {
    const out = stuck();
    const logger = api({ stream: out.stream, room: { lines: 100, characters: 1e6 } });
    for (let index = 0; index < 1000; index += 1) logger.info("lesser");
    for (let index = 0; index < 15; index += 1) logger.error("greater");
    const dropped = logger.dropped();
    out.letGo();
    await logger.flush();

    const lines = out.text().split("\n").slice(0, -1);
    expect(lines.filter((line) => line.includes("greater"))).toHaveLength(15);
    expect(lines.length + dropped).toBe(1015);
    expect(lines.length).toBeLessThan(120);
    expect(logger.dropped()).toBe(dropped);
  });

  it("is bounded by characters as well", () => {
    const out = stuck();
    const logger = api({ stream: out.stream, room: { lines: 1e6, characters: 50_000 } });
    for (let index = 0; index < 100; index += 1) logger.error("x".repeat(1500));
    expect(logger.dropped()).toBeGreaterThan(50);
  });

  it("delays the end by two seconds at most", async () => {
    const logger = api({ stream: stuck().stream });
    logger.info("one");
    logger.info("two");
    const start = performance.now();
    await logger.flush();
    // Without an end of its own it would take for ever.
    expect(performance.now() - start).toBeLessThan(60_000);
  });

  it.each([undefined, new Error("EPIPE")])("does not take the process along when it goes away (%s)", async (error) => {
    const out = collector();
    const logger = api({ stream: out.stream });
    out.stream.destroy(error);
    await new Promise((resolve) => out.stream.once("close", resolve));
    logger.error("nobody reads this");
    await logger.flush();
    expect(logger.dropped()).toBe(1);
  });

  it("does not hold up the process behind a pipe", async () => {
    const index = fileURLToPath(new URL("../index.ts", import.meta.url));
    const program = `
      import { createLogger } from ${JSON.stringify(index)};
      const logger = createLogger({ service: "api", version: "1", level: "info" });
      const start = performance.now();
      for (let line = 0; line < 50_000; line += 1) logger.info("flood");
      process.stderr.write(JSON.stringify({ dropped: logger.dropped(), ms: performance.now() - start }));
      await logger.flush();
      process.exit(0);`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program]);
    let told = "";
    child.stderr.on("data", (chunk) => (told += String(chunk)));
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
    expect(JSON.parse(told).dropped).toBeGreaterThan(30_000);
  });
});

function api(options: Partial<LoggerOptions>) {
  const clock = () => Date.UTC(2024, 0, 15, 10, 30);
  return createLogger({ service: "api", version: "1.0.0", level: "debug", clock, ...options });
}
