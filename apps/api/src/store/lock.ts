import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

/** Raised when another process has the directory open. */
export class Locked extends Error {}

/**
 * Holds `directory` for this process alone: the embedded database has no lock of its own, and two writers lose rows.
 * On Linux the name is an abstract socket, which the kernel frees with the process however it ends; elsewhere a file
 * with the owner's pid, taken over when that process is gone.
 * @returns a function that lets go
 * @throws {Locked} when another process holds it
 */
export async function lock(directory: string, platform: NodeJS.Platform = process.platform): Promise<() => void> {
  return platform === "linux" ? lockBySocket(directory) : lockByFile(directory);
}

async function lockBySocket(directory: string): Promise<() => void> {
  const name = `\0beq-${createHash("sha256").update(directory).digest("hex").slice(0, 32)}`;
  const socket = createServer((connection) => connection.destroy());
  await new Promise<void>((resolve, reject) => {
    socket.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? inUse(directory) : error),
    );
    socket.listen(name, resolve);
  });
  socket.unref();
  return () => void socket.close();
}

function lockByFile(directory: string): () => void {
  const path = join(directory, "owner.pid");
  try {
    claim(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    if (isAlive(Number(readFileSync(path, "utf8")))) throw inUse(directory);
    rmSync(path, { force: true });
    claim(path);
  }
  return () => rmSync(path, { force: true });
}

function claim(path: string): void {
  const file = openSync(path, "wx", 0o600);
  writeSync(file, String(process.pid));
  closeSync(file);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function inUse(directory: string): Locked {
  return new Locked(`DATA_DIR="${directory}" is open in another process: stop it, or set another DATA_DIR`);
}
