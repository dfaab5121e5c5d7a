import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { listen } from "./listening.ts";
import { serve } from "./serve.ts";

type Statuses = { features: Record<string, { enabled: boolean }>; user_id: string | null };

it("tells a streaming client of an edited .env file, and only of what changed for that user", async () => {
  await using file = await envFile("FEATURE_AI_CHAT_ENABLED=true\n");
  await using api = await serve({ envFile: file.path });
  using stream = follow(api.url, "user-1");
  expect(await stream.next()).toMatchObject({ user_id: "user-1", features: { ai_chat: { enabled: true } } });

  await file.write("FEATURE_AI_CHAT_ENABLED=false\n");
  expect(await stream.next()).toMatchObject({
    features: { ai_chat: { enabled: false }, brick_management: { enabled: true } },
  });

  // Another editor's way: a new file in the place of the old. The first line changes nothing for user-1.
  await file.replace(
    "FEATURE_AI_CHAT_ENABLED=true\nFEATURE_AI_CHAT_USERS=user-1\nFEATURE_CALENDAR_SYNC_ENABLED=true\n",
  );
  expect(await stream.next()).toMatchObject({
    features: { ai_chat: { enabled: true }, calendar_sync: { enabled: true } },
  });
});

it("keeps the last good flags through a bad edit, and says so in the log", async () => {
  await using file = await envFile("FEATURE_AI_CHAT_ENABLED=false\n");
  await using api = await serve({ envFile: file.path });
  using stream = follow(api.url, "user-1");
  await stream.next();

  await file.write("FEATURE_AI_CHAT_ENABLED=perhaps\n");
  await logged(api, /mistake/);
  expect(api.deps.services.flags.isEnabled("ai_chat", "user-1")).toBe(false);

  await file.write("FEATURE_AI_CHAT_ENABLED=true\n");
  expect(await stream.next()).toMatchObject({ features: { ai_chat: { enabled: true } } });
});

it("lets the process environment win over the file", async () => {
  await using file = await envFile("FEATURE_AI_CHAT_ENABLED=false\n");
  await using api = await serve({ envFile: file.path, env: { FEATURE_AI_CHAT_ENABLED: "true" } });
  expect(api.deps.services.flags.isEnabled("ai_chat", "user-1")).toBe(true);
});

it("ends its streams when it stops, so that nothing keeps it from closing", async () => {
  await using api = await serve();
  using stream = follow(api.url, "user-1");
  await stream.next();
  api.deps.stop();
  await expect(stream.ended).resolves.toBeUndefined();
});

it("holds no more streams than it may, by its slow door either", async () => {
  await using api = await serve({ env: { STREAM_CLIENTS: "1" } });
  // What the fast door does not know goes to tRPC's own, where a refusal is the one event of a stream.
  const url = `${api.url}/trpc/features.onChange?input={}&unusual`;
  const opened = async () => {
    using stream = await listen(url);
    await stream.next();
    return (await stream.next())?.event;
  };
  using first = await listen(url);
  expect(await opened()).toBe("serialized-error");
  first[Symbol.dispose]();
  await expect.poll(opened).toBe("message");
});

/** Streams `features.onChange` with the official client over a fetch-based EventSource. */
function follow(url: string, user_id: string) {
  const values: Statuses[] = [];
  let wake = () => {};
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const source = new AbortController();
  const reading = readEvents(
    `${url}/trpc/features.onChange?input=${encodeURIComponent(JSON.stringify({ user_id }))}`,
    source.signal,
    (data) => {
      values.push(data);
      wake();
    },
  ).finally(end);
  return {
    ended,
    async next(): Promise<Statuses> {
      for (;;) {
        const value = values.shift();
        if (value) return value;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    [Symbol.dispose]: () => {
      source.abort();
      void reading;
    },
  };
}

async function readEvents(url: string, signal: AbortSignal, onData: (data: Statuses) => void): Promise<void> {
  const response = await fetch(url, { signal, headers: { accept: "text/event-stream" } });
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for await (const chunk of response.body ?? []) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (!/^event:/m.test(block) && data) onData(JSON.parse(data) as Statuses);
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function logged(api: { lines: () => Record<string, unknown>[] }, pattern: RegExp): Promise<void> {
  await expect.poll(() => api.lines().some(({ message }) => pattern.test(String(message)))).toBe(true);
}

async function envFile(text: string) {
  const directory = await mkdtemp(join(tmpdir(), "beq-env-"));
  const path = join(directory, ".env");
  await writeFile(path, text);
  return {
    path,
    write: (next: string) => writeFile(path, next),
    async replace(next: string) {
      await writeFile(`${path}.new`, next);
      await rename(`${path}.new`, path);
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
