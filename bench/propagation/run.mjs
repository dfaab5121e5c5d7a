// npm run bench:propagation [-- --quick]; fails when a goal that must be reached is missed.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { adminKey, buildApi, cpuOf, during, freePort, memoryOf, run, saveFlags, startApi, startPostgres, stop } from "../api.mjs";
import { goals, report } from "./report.mjs";

const { values: options } = parseArgs({ options: { quick: { type: "boolean" } } });
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const changes = options.quick ? 20 : 100;
const stream = `/trpc/features.onChange?input=${encodeURIComponent("{}")}`;

const feature = {
  description: "Conversational AI chat interface",
  type: "boolean",
  enabled: true,
  variants: { on: true, off: false },
  off: "off",
  requires: [],
  rules: [],
  otherwise: { variant: "on" },
  bucketing: { algorithm: "flagd-v2" },
  owner: "",
  tags: [],
  lifetime: "permanent",
  version: 0,
};

const main = buildApi();
const found = {
  floor: await measuredFloor(),
  same: await measuredApi(1_000),
  other: await measuredOther(1_000),
  many: await measuredApi(10_000, options.quick ? 3 : 10),
};
console.log(report(found));
if (!goals(found).every(({ must }) => must)) process.exitCode = 1;

async function measuredApi(clients, times = changes) {
  return during(startApi(main), async (api) => {
    const key = await adminKey(api.url);
    return measured(api, { clients, times, change: changer(api.url, key) });
  });
}

/** Saved in one process, read from another, over PostgreSQL. */
async function measuredOther(clients) {
  return during(startPostgres(), (postgres) => {
    // With a database of its own it is not in open mode: readers bring a key.
    const env = { DATABASE_URL: postgres.url, SERVER_KEY: "a-key-of-the-benchmark", AUTH_SECRET: "x".repeat(32) };
    return during(startApi(main, { env }), (writer) =>
      during(startApi(main, { env }), async (reader) => {
        const key = await adminKey(writer.url, env.AUTH_SECRET);
        return measured(reader, { clients, times: changes, change: changer(writer.url, key), key: env.SERVER_KEY });
      }),
    );
  });
}

async function measuredFloor() {
  const port = await freePort();
  const child = run([process.execPath, here("floor.mjs")], { PORT: String(port) });
  const url = `http://127.0.0.1:${port}`;
  await new Promise((resolve) => setTimeout(resolve, 300));
  const change = () => fetch(url, { method: "POST" }).then((response) => response.text());
  try {
    return await measured({ url, port, pid: child.pid }, { clients: 1_000, times: changes, change });
  } finally {
    await stop(child);
  }
}

/** Turns one feature off and on again. */
function changer(url, key) {
  let version = 0;
  let enabled = true;
  return async () => {
    enabled = !enabled;
    const value = { ...feature, enabled };
    version = await saveFlags(url, key, [{ kind: "flag", key: "ai_chat", base: version, value }]);
  };
}

async function measured({ port, pid }, { clients, times, change, key }) {
  // What the first change makes once is made before anything is measured.
  await change();
  const empty = memoryOf(pid);
  const started = performance.now();
  const readers = await readersOf(port, clients, key);
  const connected = memoryOf(pid);
  const connectSeconds = (performance.now() - started) / 1000;
  const every = [];
  const last = [];
  const before = cpuOf(pid);
  for (let count = 0; count < times; count += 1) {
    await Promise.all(readers.map((reader) => asked(reader, "watch", "watching")));
    const answers = readers.map((reader) => heard(reader, "seen"));
    const at = Number(process.hrtime.bigint()) / 1e6;
    await change();
    const seen = (await Promise.all(answers)).flatMap((answer) => answer.seen.map((time) => time - at));
    every.push(...seen);
    last.push(Math.max(...seen));
  }
  const cpu = (cpuOf(pid) - before) / times;
  const after = memoryOf(pid);
  const lost = clients * times - every.length;
  for (const reader of readers) reader.disconnect();
  return {
    clients,
    lost,
    connectSeconds,
    p50: quantile(every, 0.5),
    p99: quantile(every, 0.99),
    last: quantile(last, 0.5),
    cpu,
    kib: (connected - empty) / clients,
    kibAfter: (after - empty) / clients,
  };
}

async function readersOf(port, clients, key) {
  const processes = clients > 5_000 ? 2 : 1;
  const share = clients / processes;
  const readers = [];
  for (let index = 0; index < processes; index += 1) {
    const reader = fork(here("readers.mjs"), ["127.0.0.1", String(port), stream, String(share), key ?? ""]);
    readers.push(reader);
    await heard(reader, "ready");
  }
  return readers;
}

function asked(reader, message, answer) {
  const answered = heard(reader, answer);
  reader.send(message);
  return answered;
}

function heard(reader, member) {
  return new Promise((resolve, reject) => {
    const onMessage = (message) => {
      if (!(member in message)) return;
      reader.off("message", onMessage);
      reader.off("exit", onExit);
      resolve(message);
    };
    const onExit = (code) => reject(new Error(`the readers ended with code ${code}`));
    reader.on("message", onMessage);
    reader.once("exit", onExit);
  });
}

function quantile(values, share) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}
