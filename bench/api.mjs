// An API process of its own for a benchmark: empty database, an admin's key, log lines that matter only.
import { spawn, execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Builds the API as it ships into a folder of its own; returns the path of its main file. */
export function buildApi() {
  const app = join(root, "apps/api");
  execFileSync("npx", ["vite", "build", "--logLevel", "error"], { cwd: app, stdio: "inherit" });
  return join(app, "dist/main.js");
}

/** Starts a process of the API and waits until it is ready; `command` goes before `node`, to pin it to a core. */
export async function startApi(main, { env = {}, command = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "beq-bench-api-"));
  const port = await freePort();
  const given = { PORT: String(port), DATA_DIR: join(folder, "data"), SCHEDULER_SERVICE_URL: "http://127.0.0.1:9" };
  const child = run([...command, process.execPath, main], { ...given, LOG_LEVEL: "warn", ...env }, folder);
  const url = `http://127.0.0.1:${port}`;
  await answering(`${url}/health/live`, child);
  return {
    url,
    port,
    child,
    pid: child.pid,
    async close() {
      await stop(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Works with something that was started, and ends it whatever happens, Ctrl-C included. */
export async function during(starting, work) {
  const started = await starting;
  const signals = ["SIGINT", "SIGTERM"];
  let leave = () => undefined;
  const left = new Promise((_, reject) => {
    leave = (signal) => reject(new Error(`ended by ${signal}`));
  });
  for (const signal of signals) process.on(signal, leave);
  try {
    return await Promise.race([work(started), left]);
  } finally {
    for (const signal of signals) process.off(signal, leave);
    await started.close();
  }
}

/** The key of an administrator, made as a person would in the first minute; `secret` is AUTH_SECRET, off open mode. */
export async function adminKey(url, secret) {
  const call = async (procedure, input, headers = {}) => {
    const response = await fetch(`${url}/trpc/${procedure}`, posted(input, headers));
    const { result, error } = await response.json();
    if (error) throw new Error(`${procedure}: ${error.message}`);
    return result.data;
  };
  const email = "bench@beq.example";
  const password = "correct horse battery";
  // What the log of a server says that nobody holds yet.
  const token = secret && createHmac("sha256", secret).update("beq set-up").digest("base64url").slice(0, 27);
  await call("access.setUp", { name: "Bench", email, password, ...(token && { token }) });
  const signedIn = await fetch(`${url}/api/auth/sign-in/email`, posted({ email, password }, { origin: url }));
  const cookie = signedIn.headers.getSetCookie().map((line) => line.split(";")[0]);
  const headers = { cookie: cookie.join("; "), origin: url };
  const { key } = await call("access.createKey", { kind: "admin", name: "bench", requests_per_second: null }, headers);
  return key;
}

/** Saves flags by the REST API; answers with the version. */
export async function saveFlags(url, key, edits) {
  const headers = { "x-api-key": key };
  const response = await fetch(`${url}/api/v1/flags/changes`, posted({ edits, comment: "bench" }, headers));
  const answer = await response.json();
  if (!response.ok) throw new Error(`saving answered ${response.status}: ${JSON.stringify(answer).slice(0, 500)}`);
  return answer.version;
}

export function run(command, env, cwd = root) {
  const [program, ...args] = command;
  const path = { PATH: process.env.PATH, HOME: process.env.HOME };
  const child = spawn(program, args, { cwd, env: { ...path, ...env }, stdio: ["ignore", "inherit", "inherit", "ipc"] });
  child.on("error", (error) => console.error(error.message));
  return child;
}

export async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

export async function answering(url, child) {
  for (const until = Date.now() + 60_000; Date.now() < until;) {
    if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode} before it answered`);
    const ok = await fetch(url)
      .then((response) => response.ok)
      .catch(() => false);
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} does not answer`);
}

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** CPU milliseconds that a process has used, kernel time included. */
export function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Resident memory of a process, in KiB. */
export function memoryOf(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]);
}

function posted(body, headers) {
  return { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}

/** A PostgreSQL on a free port, with its own data. */
export async function startPostgres() {
  const bin = ["15", "16", "17", "18"]
    .map((major) => `/usr/lib/postgresql/${major}/bin`)
    .find((path) => existsSync(path));
  if (!bin) throw new Error("PostgreSQL is missing: apt-get install postgresql");
  const folder = mkdtempSync(join(tmpdir(), "beq-bench-pg-"));
  execFileSync("chmod", ["777", folder]);
  const port = await freePort();
  const asUser = process.getuid() === 0 ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : [];
  const call = (...command) => {
    const [program, ...args] = [...asUser, ...command];
    execFileSync(program, args, { cwd: folder, env: { ...process.env, HOME: folder }, stdio: "ignore" });
  };
  const data = join(folder, "data");
  call(join(bin, "initdb"), "-D", data, "-U", "app", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8");
  const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=${folder}`;
  call(join(bin, "pg_ctl"), "-D", data, "-w", "-l", join(folder, "log"), "-o", options, "start");
  return {
    url: `postgres://app@127.0.0.1:${port}/postgres`,
    async close() {
      call(join(bin, "pg_ctl"), "-D", data, "-w", "-m", "immediate", "stop");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
