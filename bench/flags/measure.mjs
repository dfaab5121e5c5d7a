// One process: one peer beside ours and the floor, or ours beside itself. Sends its measurements to the parent.
import { check, checkTwins } from "./check.mjs";
import { createEngine as createBeq } from "./engines/beq.mjs";
import { createEngine as createFloor } from "./engines/floor.mjs";
import { createWorld, works } from "./world.mjs";

const [contestant, bundle, effort] = process.argv.slice(2);
const { rounds, milliseconds, warmUp } = JSON.parse(effort);
const world = createWorld();
const engines = contestant === "beq" ? await createOurs() : await createPair();
const tasks = await Promise.all(Object.entries(engines).map(([label, engine]) => checked(label, engine)));

process.send({ times: await times(), heap: await heap() });
for (const { engine } of tasks) await engine.close();
process.disconnect();

async function createPair() {
  const peer = await import(`./engines/${contestant}.mjs`);
  const engine = await peer.createEngine(world);
  const beq = await createBeq(world, { bundle });
  if (peer.isTwin) checkTwins(engine, beq, world);
  return { [contestant]: { ...engine, lacks: peer.lacks }, beq, floor: createFloor(world) };
}

async function createOurs() {
  return {
    beq: await createBeq(world, { bundle }),
    resolve: await createBeq(world, { bundle, call: "resolve" }),
    peek: await createBeq(world, { bundle, call: "peek" }),
    floor: createFloor(world),
  };
}

async function checked(label, engine) {
  await check(label, engine, world, engine.lacks);
  const contexts = world.users.map((user) => engine.context(user));
  const able = works.filter((work) => !engine.lacks?.includes(work));
  const runs = able.map((work) => {
    const keys = world.flags.filter(({ kind }) => kind === work).map(({ key }) => key);
    return [work, (times) => engine.run(keys, contexts, times)];
  });
  return { label, engine, runs: Object.fromEntries([...runs, ["bulk", (times) => engine.bulk(contexts, times)]]) };
}

/** CPU nanoseconds for one operation: for each work, one sample of every engine in each round, in turn. */
async function times() {
  const seen = {};
  for (const work of [...works, "bulk"]) {
    const able = tasks.filter(({ runs }) => runs[work]);
    const sizes = new Map();
    for (const task of able) sizes.set(task, await warm(task.runs[work]));
    seen[work] = [];
    for (let round = 0; round < rounds; round++) seen[work].push(await oneRound(able, work, sizes, round));
  }
  return seen;
}

async function oneRound(able, work, sizes, round) {
  const seen = {};
  for (let turn = 0; turn < able.length; turn++) {
    const task = able[(round + turn) % able.length];
    seen[task.label] = await sample(task.runs[work], sizes.get(task));
  }
  return seen;
}

/** Runs until the code is optimized; answers how many operations make a sample. */
async function warm(run) {
  const wanted = milliseconds * 1e6;
  let operations = 16;
  let spent = 0;
  for (let total = 0; total < warmUp * 1e6 || spent < wanted; total += spent) {
    if (spent < wanted) operations *= 2;
    spent = (await sample(run, operations)) * operations;
  }
  return Math.ceil((wanted * operations) / spent);
}

async function sample(run, operations) {
  const start = process.cpuUsage();
  await run(operations);
  const { user, system } = process.cpuUsage(start);
  return ((user + system) * 1e3) / operations;
}

/** Heap bytes that one operation takes; of peers' processes only the peer's. */
async function heap() {
  const seen = {};
  for (const { label, runs } of contestant === "beq" ? tasks : tasks.slice(0, 1))
    for (const [work, run] of Object.entries(runs)) (seen[work] ??= {})[label] = await allocated(run);
  return seen;
}

/** The least of several windows, each too short for a collection: the compiler's own allocations only add. */
async function allocated(run) {
  const rough = await leastOf(3, () => grown(run, 16));
  const operations = Math.min(10_000, Math.max(4, Math.floor(2_000_000 / Math.max(1, rough / 16))));
  const looking = await leastOf(3, () => grown(() => {}, 0));
  return Math.max(0, (await leastOf(5, () => grown(run, operations))) - looking) / operations;
}

async function leastOf(windows, measure) {
  let least = Infinity;
  for (let window = 0; window < windows; window++) least = Math.min(least, await measure());
  return least;
}

async function grown(run, operations) {
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  await run(operations);
  return process.memoryUsage().heapUsed - before;
}
