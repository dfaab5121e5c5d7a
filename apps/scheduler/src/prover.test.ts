import { expect, it } from "vitest";
import type { Known } from "./optimize/index.ts";
import { createProver, type Ending, type ProverOptions } from "./prover.ts";
import { prover as program } from "./testing/program.ts";

const known: Known = {
  choices: new Int32Array(1),
  patterns: new Map(),
  cost: 9,
  lowerBound: null,
  proof: "none",
  cut: null,
};
const order = {
  operation: "generate" as const,
  body: new TextEncoder().encode("{}"),
  now: 0,
  effort: { seed: 1, iterations: 1 },
  known,
  confidence: 1,
};
const staying = new AbortController().signal;

it("gives its thread the job and tells of the bounds it reports", async () => {
  const seen: unknown[] = [];
  const { prover, endings } = house(`report({ cost: job.known.cost, lower_bound: 4 }); done({ kind: "timeout" });`);
  const outcome = await prover.prove({ ...order, onProgress: (progress) => seen.push(progress) }, staying);
  expect(outcome).toEqual({ kind: "timeout" });
  expect(seen).toEqual([{ cost: 9, lower_bound: 4 }]);
  expect(endings).toEqual(["proved"]);
});

it("proves one plan at a time", async () => {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const { prover } = house(`Atomics.wait(new Int32Array(job.body.buffer), 0, 0); done({ kind: "timeout" });`);
  const both = [1, 2].map(() => prove(prover, new Uint8Array(gate.buffer)));
  await expect.poll(() => prover.counts()).toEqual({ running: 1, waiting: 1 });
  Atomics.store(gate, 0, 1);
  Atomics.notify(gate, 0);
  expect(await Promise.all(both)).toEqual([{ kind: "timeout" }, { kind: "timeout" }]);
  expect(prover.counts()).toEqual({ running: 0, waiting: 0 });
});

it("lets the next wait for a proof that takes more than its time to tell what came of it", async () => {
  const late = `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20 * job.milliseconds);`;
  const { prover, endings } = house(`${late} done({ kind: "timeout" });`, { seconds: 0.01 });
  await Promise.all([prove(prover), prove(prover)]);
  expect(endings).toEqual(["proved", "proved"]);
});

it.each<[Ending, string, Partial<ProverOptions>]>([
  ["failed", `setImmediate(() => process.exit(0));`, {}],
  ["stuck", `setInterval(() => {}, 1_000);`, { seconds: 0.01, graceSeconds: 1 }],
  ["large", `report({}); for (;;) {}`, {}],
])("answers with the best plan that it was told of by a thread that is %s", async (ending, body, options) => {
  const told = { isLarge: false };
  const resident = () => (told.isLarge ? 2 ** 40 : 0);
  const { prover, endings } = house(`keep({ kind: "full" }); keep({ kind: "timeout" }); ${body}`, {
    resident,
    ...options,
  });
  const onProgress = () => void (told.isLarge = true);
  expect(await prover.prove({ ...order, onProgress }, staying)).toEqual({ kind: "timeout" });
  expect(endings).toEqual([ending]);
});

it.each<[string, string, Partial<ProverOptions>, Ending]>([
  ["a thread that crashes", `throw new TypeError();`, {}, "failed"],
  ["a thread that ends", `process.exit(0);`, {}, "failed"],
  ["a program that is not there", `import("./nowhere.js");`, {}, "failed"],
  ["a thread that never answers", `setInterval(() => {}, 1_000);`, { seconds: 0.01, graceSeconds: 0.1 }, "stuck"],
  [
    "a thread that eats its memory",
    `for (const all = []; ; ) all.push(new Array(2e6).fill(all.length + 0.5));`,
    {},
    "large",
  ],
  ["a process that gets too large", `for (;;) {}`, { resident: growing() }, "large"],
])("does without %s, and is there for the next", async (_name, body, options, ending) => {
  const { prover, endings } = house(body, options);
  expect(await prove(prover)).toBeUndefined();
  expect(await prove(prover)).toBeUndefined();
  expect(endings).toEqual([ending, ending]);
});

it("ends a thread in the middle of its work when nobody waits any more", async () => {
  const { prover, endings } = house(`report({}); for (;;) {}`);
  const leaving = new AbortController();
  await new Promise<void>((resolve) => {
    void prover.prove({ ...order, onProgress: () => resolve() }, leaving.signal);
  });
  leaving.abort();
  await expect.poll(() => prover.counts()).toEqual({ running: 0, waiting: 0 });
  expect(endings).toEqual(["left"]);
});

it("ends what runs, and lets nobody wait, when it closes", async () => {
  const { prover } = house(`for (;;) {}`);
  const both = [prove(prover), prove(prover)];
  await expect.poll(() => prover.counts()).toEqual({ running: 1, waiting: 1 });
  await prover.close();
  expect(await Promise.all(both)).toEqual([undefined, undefined]);
});

it("does nothing where it has no time", async () => {
  const { prover, endings } = house(`throw new Error();`, { seconds: 0 });
  expect(await prove(prover)).toBeUndefined();
  expect(endings).toEqual([]);
});

function prove(prover: ReturnType<typeof createProver>, body: Uint8Array = order.body) {
  return prover.prove({ ...order, body, onProgress: () => {} }, staying);
}

function house(body: string, options: Partial<ProverOptions> = {}) {
  const endings: Ending[] = [];
  const prover = createProver({
    entry: program(body),
    seconds: 60,
    graceSeconds: 60,
    megabytes: 100,
    queueLimit: 4,
    resident: () => 0,
    onEnd: (ending) => void endings.push(ending),
    ...options,
  });
  return { prover, endings };
}

/** Resident bytes that pass every limit when they are looked at again. */
function growing(): () => number {
  let bytes = 0;
  return () => (bytes += 200 * 1024 * 1024);
}
