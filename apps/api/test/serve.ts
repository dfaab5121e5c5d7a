import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { createCorrelation, createLogger } from "@beq/telemetry";
import { inject } from "vitest";
import { parseConfig } from "../src/config.ts";
import { createDeps } from "../src/deps.ts";
import { readVariables, type Variables } from "../src/features/follow.ts";
import { type Accounts, createAccounts } from "./accounts.ts";
import { copyOf } from "./template.ts";

/** Monday 2030-03-25 07:00 in Berlin: the morning of the fixture week. */
export const monday = Date.UTC(2030, 2, 25, 6);

export type Settings = {
  env?: Variables;
  envFile?: string;
  now?: () => number;
  /** Address of a scheduler; by default nothing listens there. */
  scheduler?: string;
};

export type Answer = { status: number; headers: Headers; body: unknown };

export type Deps = Awaited<ReturnType<typeof createDeps>>;

export type Api = AsyncDisposable &
  Accounts & {
    url: string;
    deps: Deps;
    lines: () => Record<string, unknown>[];
    get: (path: string, headers?: Record<string, string>) => Promise<Answer>;
    post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Answer>;
  };

/** An API of its own on a free port, over HTTP, with an embedded database of its own. */
export async function serve({
  env = {},
  envFile = join(tmpdir(), "no-such.env"),
  now = () => monday,
  scheduler,
}: Settings = {}): Promise<Api> {
  const directory = await copyOf(inject("template"));
  const given = {
    PORT: "0",
    DATA_DIR: directory.path,
    SCHEDULER_SERVICE_URL: scheduler ?? "http://127.0.0.1:9",
    // Only a test about time is short of it.
    SCHEDULER_TIMEOUT_SECONDS: "600",
    ...env,
  };
  const variables = { ...readVariables(envFile), ...given };
  const written: string[] = [];
  const correlation = createCorrelation();
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  const deps = await createDeps(parseConfig(variables), {
    version: "1.2.3",
    root: fileURLToPath(new URL("..", import.meta.url)),
    envFile,
    environment: given,
    variables,
    now,
    correlation,
    logger: createLogger({ service: "api", version: "1.2.3", level: "debug", correlation, stream, pretty: false }),
  });
  const server = createServer(deps.listener);
  // As in production: a client's next request must not meet a connection that is being closed.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    deps,
    ...createAccounts(url, env["PUBLIC_URL"] ?? url, deps),
    lines: () =>
      written
        .join("")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    get: (path, headers = {}) => answerOf(fetch(url + path, { headers })),
    post: (path, body, headers = {}) => answerOf(fetch(url + path, posted(body, headers))),
    async [Symbol.asyncDispose]() {
      deps.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await deps.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}

function posted(body: unknown, headers: Record<string, string>): RequestInit {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { method: "POST", headers: { "content-type": "application/json", ...headers }, body: text };
}

async function answerOf(pending: Promise<Response>): Promise<Answer> {
  const response = await pending;
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: isJson(response) ? JSON.parse(text) : text };
}

function isJson({ headers }: Response): boolean {
  return headers.get("content-type")?.startsWith("application/json") ?? false;
}
