// npm run bench:http [-- --quick] [-- --publish]; needs wrk and PostgreSQL; fails when a goal that must be reached is missed.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import {
  adminKey,
  answering,
  buildApi,
  cpuOf,
  during,
  freePort,
  run,
  saveFlags,
  startApi,
  startPostgres,
  stop,
} from "../api.mjs";
import { define, segments } from "../flags/engines/beq.mjs";
import { createWorld } from "../flags/world.mjs";
import { publish } from "../publish.mjs";
import { goals, report } from "./report.mjs";
import { frontend, installUnleash, startUnleash } from "./unleash.mjs";

const { values: options } = parseArgs({ options: { quick: { type: "boolean" }, publish: { type: "boolean" } } });
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const [rounds, seconds] = options.quick ? [3, 1] : [5, 3];
// The server has one core, who asks it the other.
const onServerCore = ["taskset", "-c", "0"];
const serverKey = "a-server-key-of-the-benchmark";

installUnleash();
const main = buildApi();
const world = createWorld();
const scripts = mkdtempSync(join(tmpdir(), "beq-bench-http-"));
try {
  const found = await during(startPostgres(), (postgres) =>
    during(startUnleash(postgres.url, world.flags, { command: onServerCore }), (unleash) =>
      during(startOurs(), (beq) =>
        during(startFloor("node"), (node) =>
          during(startFloor("express"), (express) =>
            during(startFloor("trpc"), (trpc) => measuredAll({ unleash, beq, node, express, trpc })),
          ),
        ),
      ),
    ),
  );
  console.log(report(found));
  if (options.publish) publish(here("README.md"), report(found));
  if (!goals(found).every(({ must }) => must)) process.exitCode = 1;
} finally {
  rmSync(scripts, { recursive: true });
}

async function startOurs() {
  const api = await startApi(main, { env: { SERVER_KEY: serverKey }, command: onServerCore });
  const key = await adminKey(api.url);
  const edits = [
    ...segments(world.flags).map(([name, value]) => ({ kind: "segment", key: name, base: 0, value })),
    ...world.flags.map((flag) => ({ kind: "flag", key: flag.key, base: 0, value: define(flag) })),
  ];
  await saveFlags(api.url, key, edits);
  return api;
}

async function startFloor(kind) {
  const port = await freePort();
  const child = run([...onServerCore, process.execPath, here("floors.mjs"), kind], { PORT: String(port) });
  const url = `http://127.0.0.1:${port}`;
  const ready = { node: "/status", express: "/status", trpc: "/ready" };
  await answering(url + ready[kind], child);
  return { url, pid: child.pid, close: () => stop(child) };
}

/** Every target in turn, round after round; ratios are taken within a round. */
async function measuredAll(servers) {
  const targets = targetsOf(servers);
  for (const target of targets) await prepare(target);
  const samples = Object.fromEntries(targets.map(({ name }) => [name, []]));
  for (const target of targets) await measured(target, 1);
  for (let round = 0; round < rounds; round += 1) {
    for (let at = 0; at < targets.length; at += 1) {
      const target = targets[(at + round) % targets.length];
      samples[target.name].push(await measured(target, seconds));
    }
  }
  return samples;
}

function targetsOf({ unleash, beq, node, express, trpc }) {
  const json = { "content-type": "application/json" };
  const body = ({ id, ...attributes }) => JSON.stringify({ context: { targetingKey: id, ...attributes } });
  const bulk = (server, path, headers = {}) => ({
    server,
    ask: (user) => ({ method: "POST", path, headers: { ...json, ...headers }, body: body(user) }),
  });
  const get = (server, pathOf, headers = {}) => ({
    server,
    ask: (user) => ({ method: "GET", path: pathOf(user), headers }),
  });
  const key = { authorization: `Bearer ${serverKey}` };
  const input = ({ id }) => encodeURIComponent(JSON.stringify({ user_id: id }));
  const definitions = "/api/v1/flags/definitions";
  const attributes = ({ id, country, score, version }) =>
    `userId=${id}&properties[country]=${country}&properties[score]=${score}&properties[version]=${version}`;

  return Object.entries({
    "flags: node:http": bulk(node, "/flags"),
    "flags: Express": bulk(express, "/flags"),
    "flags: BeQ": bulk(beq, "/ofrep/v1/evaluate/flags", key),
    "flags: Unleash": get(unleash, (user) => `/api/frontend?${attributes(user)}`, { authorization: frontend }),
    "status: node:http": get(node, ({ id }) => `/status?user_id=${id}`),
    "status: Express": get(express, ({ id }) => `/status?user_id=${id}`),
    "status: BeQ": get(beq, ({ id }) => `/api/v1/features/status?user_id=${id}`, key),
    "trpc: empty procedure": get(trpc, () => "/trpc/empty"),
    "trpc: BeQ": get(beq, (user) => `/trpc/features.status?input=${input(user)}`, key),
    "trpc: BeQ, the procedure itself": get(beq, (user) => `/trpc/features.status?input=${input(user)}&unknown=1`, key),
    "trpc: BeQ, an empty procedure": get(beq, () => "/trpc/health.live", key),
    "definitions: BeQ": get(beq, () => definitions, key),
  }).map(([name, target]) => ({ name, ...target }));
}

/** Asks once as everybody, and writes the questions down for wrk. */
async function prepare(target) {
  const { server, ask, name } = target;
  const { method, path, headers, body } = ask(world.users[0]);
  const response = await fetch(server.url + path, { method, headers, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`${name} answered ${response.status}: ${text.slice(0, 300)}`);
  target.bytes = text.length;
  target.script = join(scripts, `${name.replaceAll(/\W+/g, "-")}.lua`);
  writeFileSync(target.script, lua(world.users.map(ask)));
}

async function measured({ server, script, bytes }, duration) {
  const before = cpuOf(server.pid);
  const load = ["-t", "1", "-c", "50", "-d", `${duration}s`, "--timeout", "10s", "--latency"];
  const wrk = ["-c", "1", "wrk", ...load, "-s", script, server.url];
  const { stdout } = await promisify(execFile)("taskset", wrk);
  const [, requests, failed, microseconds, p50, p99] = /^found (\d+) (\d+) (\d+) (\d+) (\d+)$/m.exec(stdout) ?? [];
  if (failed !== "0") throw new Error(`${script}: ${failed} requests failed\n${stdout}`);
  const cpu = ((cpuOf(server.pid) - before) * 1_000) / Number(requests);
  const rate = Number(requests) / (Number(microseconds) / 1e6);
  return { cpu, rate, p50: Number(p50) / 1_000, p99: Number(p99) / 1_000, bytes };
}

function lua(questions) {
  const formatted = questions.map(({ method, path, headers, body }) => {
    const fields = Object.entries(headers).map(([name, value]) => `[${quoted(name)}]=${quoted(value)}`);
    return `  wrk.format(${quoted(method)}, ${quoted(path)}, {${fields.join(",")}}, ${body ? quoted(body) : "nil"}),`;
  });
  return `local at = 0
local questions
function init()
  questions = {
${formatted.join("\n")}
  }
end
function request()
  at = at % #questions + 1
  return questions[at]
end
function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print(string.format("found %d %d %d %d %d", summary.requests, failed, summary.duration, latency:percentile(50), latency:percentile(99)))
end
`;
}

function quoted(text) {
  return JSON.stringify(text);
}
