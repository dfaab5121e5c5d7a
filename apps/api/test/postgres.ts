import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "../../../scripts/port.ts";

const run = promisify(execFile);
const programs = ["15", "16", "17", "18"]
  .map((major) => `/usr/lib/postgresql/${major}/bin`)
  .find((path) => existsSync(join(path, "initdb")));

/** Why there is no real PostgreSQL to test with, or undefined when there is. */
export const noPostgres = programs ? undefined : "PostgreSQL is not on this machine";

/** A PostgreSQL server of its own on a free port. */
export async function startPostgres() {
  if (!programs) throw new Error(noPostgres);
  const directory = await mkdtemp(join(tmpdir(), "beq-pg-"));
  await chmod(directory, 0o777);
  const port = await freePort();
  const data = join(directory, "data");
  const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=${directory} -c fsync=off`;
  const control = (...args: string[]) =>
    asUser(directory, join(programs, "pg_ctl"), ["-D", data, "-w", "-t", "300", "-l", join(directory, "log"), ...args]);
  await asUser(directory, join(programs, "initdb"), [
    "-D",
    data,
    "-U",
    "app",
    "-A",
    "trust",
    "--no-sync",
    "-E",
    "UTF8",
    "--locale=C.UTF-8",
  ]);
  await control("-o", options, "start");
  return {
    url: `postgres://app@127.0.0.1:${port}/postgres`,
    stop: () => control("-m", "immediate", "stop"),
    start: () => control("-o", options, "start"),
    async [Symbol.asyncDispose]() {
      await control("-m", "immediate", "stop").catch(() => undefined);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

// The server refuses to run as root.
function asUser(home: string, command: string, args: string[]) {
  const env = { ...process.env, HOME: home };
  return userInfo().uid === 0
    ? run("setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", command, ...args], { env, cwd: home })
    : run(command, args, { env, cwd: home });
}
