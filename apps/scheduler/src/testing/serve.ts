import { Writable } from "node:stream";
import { type Config, configure } from "../config.ts";
import { createDeps } from "../deps.ts";
import type { Effort } from "../job.ts";
import { createServer, type Server } from "../server.ts";

export type Settings = {
  env?: Record<string, string>;
  now?: () => number;
  effort?: Effort;
  entry?: URL;
  proofEntry?: URL;
};

export type Answered = { status: number; headers: Headers; text: string; body: unknown };

export type House = AsyncDisposable & {
  url: string;
  server: Server;
  lines: () => Record<string, unknown>[];
  get: (path: string, headers?: Record<string, string>) => Promise<Answered>;
  post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Answered>;
};

// A plan that was cut by the clock is another plan: only a test about time is short of it.
const patient = { SCHEDULER_TIME_LIMIT_SECONDS: "600" };

/** A scheduler of its own on a free port, with real threads. Its clock stands at 2030-03-25T06:00Z unless told. */
export async function serve({
  env = {},
  now = () => Date.UTC(2030, 2, 25, 6),
  effort,
  entry,
  proofEntry,
}: Settings = {}): Promise<House> {
  const output = captured();
  const config = configFor({ SCHEDULER_PORT: "0", SCHEDULER_WORKERS: "1", LOG_LEVEL: "debug", ...patient, ...env });
  const deps = createDeps({
    config,
    now,
    stream: output.stream,
    ...(effort ? { effort } : {}),
    ...(entry ? { entry } : {}),
    ...(proofEntry ? { proofEntry } : {}),
  });
  const server = createServer(deps);
  await deps.pool.ready;
  const url = await server.listen();
  return {
    url,
    server,
    lines: output.lines,
    get: (path, headers = {}) => answerOf(fetch(url + path, { headers })),
    post: (path, body, headers = {}) => answerOf(fetch(url + path, posted(body, headers))),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

/** What fetch needs to post `body`: text and bytes as they are, anything else as JSON. */
export function posted(body: unknown, headers: Record<string, string> = {}): RequestInit {
  const raw = typeof body === "string" || body instanceof Uint8Array;
  return {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: raw ? body : JSON.stringify(body),
  };
}

export async function answerOf(pending: Promise<Response>): Promise<Answered> {
  const response = await pending;
  const text = await response.text();
  const json = response.headers.get("content-type")?.startsWith("application/json");
  return { status: response.status, headers: response.headers, text, body: json ? JSON.parse(text) : undefined };
}

function configFor(env: Record<string, string>): Config {
  const configured = configure(env, 1);
  if (!configured.ok) throw new Error(configured.problem);
  return configured.config;
}

function captured(): { stream: Writable; lines: () => Record<string, unknown>[] } {
  const written: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  const lines = () => written.join("").split("\n").filter(Boolean);
  return { stream, lines: () => lines().map((line) => JSON.parse(line)) };
}
