// npm run bench:propagation [-- --quick] [-- --publish]; fails when a goal that must be reached is missed.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import {
  adminKey,
  answering,
  buildApi,
  cpuOf,
  during,
  freePort,
  memoryOf,
  run,
  saveFlags,
  startApi,
  startPostgres,
  stop,
} from "../api.mjs";
import { publish } from "../publish.mjs";
import { goals, report } from "./report.mjs";

const { values: options } = parseArgs({ options: { quick: { type: "boolean" }, publish: { type: "boolean" } } });
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const changes = options.quick ? 20 : 100;
const few = options.quick ? 3 : 10;
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
  floor: await onFloor(1_000, changes),
  same: await onOne(1_000, changes),
  postgres: await onPostgres(1_000, changes),
  other: await onAnother(1_000, changes),
  manyFloor: await onFloor(10_000, few),
  many: await onPostgres(10_000, few),
};
console.log(report(found));
if (options.publish) publish(here("README.md"), report(found));
if (!goals(found).every(({ must }) => must)) process.exitCode = 1;

/** One process as it starts out of the box, with the embedded database. */
function onOne(clients, times) {
  return during(startApi(main), async (api) => {
    const key = await adminKey(api.url);
    return measured(api, { clients, times, change: changer(api.url, key) });
  });
}

function onPostgres(clients, times) {
  return during(startPostgres(), ({ url }) => {
    const env = environment(url);
    return during(startApi(main, { env }), async (api) => {
      const key = await adminKey(api.url, env.AUTH_SECRET);
      return measured(api, { clients, times, change: changer(api.url, key), key: env.SERVER_KEY });
    });
  });
}

/** Saved in one process, read from another. */
function onAnother(clients, times) {
  return during(startPostgres(), ({ url }) => {
    const env = environment(url);
    return during(startApi(main, { env }), (writer) =>
      during(startApi(main, { env }), async (reader) => {
        const key = await adminKey(writer.url, env.AUTH_SECRET);
        return measured(reader, { clients, times, change: changer(writer.url, key), key: env.SERVER_KEY });
      }),
    );
  });
}

// With a database of its own it is not in open mode: readers bring a key.
function environment(url) {
  return { DATABASE_URL: url, SERVER_KEY: "a-key-of-the-benchmark", AUTH_SECRET: "x".repeat(32), LOG_LEVEL: "error" };
}

async function onFloor(clients, times) {
  const port = await freePort();
  const child = run([process.execPath, here("floor.mjs")], { PORT: String(port) });
  const url = `http://127.0.0.1:${port}`;
  const change = () => fetch(url, { method: "POST" }).then((response) => response.text());
  try {
    await answering(`${url}/ready`, child);
    return await measured({ port, pid: child.pid }, { clients, times, change });
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
  // What the first clients and changes make once is not theirs: a client's memory is what one more takes.
  const first = await opened(port, Math.min(clients, 1_000), key);
  for (let count = 0; count < 20; count += 1) await change();
  // A change that arrives together with one of these would turn the feature back before anybody is told.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const base = memoryOf(pid);
  const rest = clients > 1_000 ? [await opened(port, clients - 1_000, key)] : [];
  const connected = memoryOf(pid);
  const readers = [first, ...rest];

  const every = [];
  const last = [];
  const before = cpuOf(pid);
  for (let count = 0; count < times; count += 1) {
    await Promise.all(readers.map((reader) => asked(reader, "watch", "watching")));
    const answers = readers.map((reader) => heard(reader, "seen"));
    const at = now();
    await change();
    const seen = (await Promise.all(answers)).flatMap((answer) => answer.seen.map((time) => time - at));
    every.push(...seen);
    last.push(Math.max(...seen));
  }
  const cpu = (cpuOf(pid) - before) / times;
  const more = rest.length > 0 ? clients - 1_000 : NaN;
  const after = memoryOf(pid);
  for (const reader of readers) reader.disconnect();
  return {
    clients,
    lost: clients * times - every.length,
    p50: quantile(every, 0.5),
    p99: quantile(every, 0.99),
    last: quantile(last, 0.5),
    cpu,
    kib: (connected - base) / more,
    kibAfter: (after - base) / more,
  };
}

async function opened(port, clients, key) {
  const reader = fork(here("readers.mjs"), ["127.0.0.1", String(port), stream, String(clients), key ?? ""]);
  await heard(reader, "ready");
  return reader;
}

// The machine's clock, the same in every process.
function now() {
  return Number(process.hrtime.bigint()) / 1e6;
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
