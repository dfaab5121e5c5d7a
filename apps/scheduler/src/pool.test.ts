import { expect, it } from "vitest";
import type { Outcome } from "./job.ts";
import { createPool, type Pool, type PoolOptions } from "./pool.ts";
import { program } from "./testing/program.ts";

const echo = `answer({ said: text(job) });`;
// Works until it is told to stop, as the optimizer does.
const untilStopped = `while (Atomics.load(job.stop, 0) === 0); done({ kind: "cancelled" });`;
const endless = `while (true);`;

it("answers each order with what its worker found", async () => {
  await using house = pool({ entry: program(echo), size: 2 });
  const outcomes = await Promise.all(["a", "b", "c", "d"].map((text) => house.pool.run(order(text), never())));
  expect(outcomes.map(said)).toEqual(["a", "b", "c", "d"]);
});

it("passes progress on before the answer", async () => {
  const step = `parentPort.postMessage({ type: "progress", progress: { phase: "improving" } });`;
  await using house = pool({ entry: program(step + step + echo) });
  await house.pool.ready;
  const seen: string[] = [];
  await house.pool.run({ ...order("a"), onProgress: ({ phase }) => void seen.push(phase) }, never());
  expect(seen).toEqual(["improving", "improving"]);
});

it("refuses what its queue cannot hold", async () => {
  await using house = pool({ entry: program(untilStopped), queueLimit: 1 });
  await house.pool.ready;
  const stop = new AbortController();
  const working = house.pool.run(order("works"), stop.signal);
  const waiting = house.pool.run(order("waits"), stop.signal);
  expect(house.pool.counts()).toEqual({ active: 1, queued: 1, workers: 1 });
  expect(await house.pool.run(order("too many"), never())).toEqual({ kind: "full" });

  stop.abort();
  expect(await Promise.all([working, waiting])).toEqual([{ kind: "cancelled" }, { kind: "cancelled" }]);
});

it("stops the worker of an order that nobody waits for, and gives it the next", async () => {
  const first = `if (text(job) === "long") { ${untilStopped} } else { ${echo} }`;
  await using house = pool({ entry: program(first) });
  const stop = new AbortController();
  const long = house.pool.run(order("long"), stop.signal);
  const next = house.pool.run(order("next"), never());
  stop.abort();
  expect(await long).toEqual({ kind: "cancelled" });
  expect(said(await next)).toBe("next");
  expect(house.losses).toEqual([]);
});

it("ends a worker that does not stop when told, and goes on with a new one", async () => {
  await using house = pool({ entry: program(`if (text(job) === "stuck") { ${endless} } else { ${echo} }`) });
  await house.pool.ready;
  const stop = new AbortController();
  const stuck = house.pool.run(order("stuck"), stop.signal);
  stop.abort();
  expect(await stuck).toEqual({ kind: "cancelled" });
  expect(said(await house.pool.run(order("next"), never()))).toBe("next");
  expect(house.losses).toEqual(["cancelled"]);
});

// Elsewhere nobody knows how long a thread has had a core.
it.runIf(process.platform === "linux")("keeps a worker that had no core to hear of it yet", async () => {
  const starved = `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);`;
  await using house = pool({
    entry: program(`if (text(job) === "starved") { ${starved} ${untilStopped} } else { ${echo} }`),
  });
  await house.pool.ready;
  const stop = new AbortController();
  const left = house.pool.run(order("starved"), stop.signal);
  stop.abort();
  expect(await left).toEqual({ kind: "cancelled" });
  expect(said(await house.pool.run(order("next"), never()))).toBe("next");
  expect(house.losses).toEqual([]);
});

it("answers a timeout when a worker goes on beyond its time, and replaces it", async () => {
  await using house = pool({
    entry: program(`if (text(job) === "stuck") { ${endless} } else { ${echo} }`),
    timeLimitSeconds: 0.2,
  });
  await house.pool.ready;
  expect(await house.pool.run(order("stuck"), never())).toEqual({ kind: "timeout" });
  await expect.poll(async () => said(await house.pool.run(order("next"), never()))).toBe("next");
});

it("gives up an order that waited out its time in the queue", async () => {
  await using house = pool({ entry: program(untilStopped), timeLimitSeconds: 0.2 });
  await house.pool.ready;
  const stop = new AbortController();
  const working = house.pool.run(order("works"), stop.signal);
  expect(await house.pool.run(order("waits"), never())).toEqual({ kind: "expired" });
  stop.abort();
  await working;
});

it("loses only the order whose worker crashes", async () => {
  await using house = pool({
    entry: program(`if (text(job) === "bad") throw new TypeError("secret plans"); ${echo}`),
    size: 2,
  });
  const outcomes = await Promise.all(["a", "bad", "b"].map((text) => house.pool.run(order(text), never())));
  expect(outcomes[1]).toMatchObject({ kind: "crashed", trace: expect.stringContaining("TypeError") });
  expect([outcomes[0], outcomes[2]].map((outcome) => outcome && said(outcome))).toEqual(["a", "b"]);
  expect(JSON.stringify([outcomes, house.losses])).not.toContain("secret plans");
  expect(house.losses).toHaveLength(1);
});

it("ends a worker that eats its memory instead of the machine's", async () => {
  const greedy = `const all = []; while (true) all.push(new Array(2e6).fill(all.length + 0.5));`;
  await using house = pool({ entry: program(`if (text(job) === "greedy") { ${greedy} } else { ${echo} }`) });
  expect(await house.pool.run(order("greedy"), never())).toMatchObject({
    kind: "crashed",
    trace: expect.stringContaining("ERR_WORKER_OUT_OF_MEMORY"),
  });
  expect(said(await house.pool.run(order("next"), never()))).toBe("next");
});

it("says that a worker cannot even start", async () => {
  await using house = pool({ entry: new URL("data:text/javascript,throw new Error('broken build')") });
  await expect(house.pool.ready).rejects.toThrow("a solver thread did not start");
});

it("finishes what it accepted before it closes, and refuses the rest", async () => {
  await using house = pool({ entry: program(echo) });
  const accepted = ["a", "b", "c"].map((text) => house.pool.run(order(text), never()));
  const closed = house.pool.close();
  expect(await house.pool.run(order("late"), never())).toEqual({ kind: "closing" });
  await closed;
  expect((await Promise.all(accepted)).map(said)).toEqual(["a", "b", "c"]);
});

it("does not start an order that was given up before it came", async () => {
  await using house = pool({ entry: program(echo) });
  expect(await house.pool.run(order("a"), AbortSignal.abort())).toEqual({ kind: "cancelled" });
});

function pool(options: Partial<PoolOptions> & { entry: URL }): AsyncDisposable & { pool: Pool; losses: string[] } {
  const losses: string[] = [];
  const made = createPool({
    size: 1,
    queueLimit: 10,
    timeLimitSeconds: 120,
    onLoss: (trace) => void losses.push(trace),
    onStart: () => undefined,
    ...options,
  });
  return { pool: made, losses, [Symbol.asyncDispose]: () => made.close() };
}

function order(text: string) {
  const body = new TextEncoder().encode(text);
  return { operation: "generate" as const, body, now: 0, effort: { seed: 1, iterations: 1 } };
}

function never(): AbortSignal {
  return new AbortController().signal;
}

function said(outcome: Outcome): unknown {
  return outcome.kind === "answer" ? JSON.parse(outcome.json).said : outcome;
}
