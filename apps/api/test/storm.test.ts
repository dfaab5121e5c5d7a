import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { createCorrelation } from "@beq/telemetry";
import { type Counter, Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { createPlain } from "../src/transport/plain.ts";
import type { Room } from "../src/transport/room.ts";
import { createStreams } from "../src/transport/streams.ts";
import { flag, save } from "./saving.ts";
import { serve } from "./serve.ts";

const path = `/trpc/features.onChange?input=${encodeURIComponent("{}")}`;

describe("a thousand clients", () => {
  it("lose their server, come back at moments of their own, and are all served again", async () => {
    const crowd = 1_000;
    const clients: Client[] = [];
    {
      await using first = await serve();
      for (let count = 0; count < crowd; count += 100) {
        clients.push(...(await Promise.all(Array.from({ length: 100 }, () => follow(first.url, path)))));
      }
      first.deps.stop();
      await Promise.all(clients.map(({ gone }) => gone));
    }
    const returns = clients.map(({ retries }) => Number(retries().at(-1)));
    expect(Math.min(...returns)).toBeGreaterThanOrEqual(1_000);
    expect(Math.max(...returns)).toBeLessThanOrEqual(6_000);
    // In no half second do more come back than twice their share.
    const halves = returns.map((milliseconds) => Math.floor(milliseconds / 500));
    for (const half of new Set(halves)) expect(halves.filter((other) => other === half).length).toBeLessThan(crowd / 5);

    // The worst case all the same: everybody in one moment.
    await using second = await serve();
    const back = await Promise.all(Array.from({ length: crowd }, () => follow(second.url, path)));
    const told = Promise.all(back.map(({ next }) => next()));
    await save(second.deps, { ai_chat: flag({ enabled: false, lifetime: "permanent" }) });
    for (const event of await told) expect(event).toContain('"ai_chat":{"enabled":false');
    for (const client of back) client.leave();
    await expect
      .poll(async () => /beq_stream_clients (\d+)/.exec(await second.deps.services.telemetry.metrics())?.[1])
      .toBe("0");
  });
});

describe("a reader that does not read", () => {
  it("is let go, and keeps nothing from the others", async () => {
    const large = "x".repeat(500_000);
    let version = 0;
    const room: Room = {
      ping: ": ping\n\n",
      acknowledges: false,
      news: () => `data: ${large} ${version}.\n\n`,
      frame: (news) => news,
    };
    await using house = await streaming(room);
    const [slow, quick] = [await follow(house.url, "/"), await follow(house.url, "/")];
    slow.pause();
    const tell = async () => {
      version += 1;
      house.tell();
      await quick.until(() => quick.heard().endsWith(` ${version}.\n\n`));
    };
    while ((await house.ended("slow")) === 0) await tell();
    await tell();
    expect(await house.ended("slow")).toBe(1);
    quick.leave();
  });
});

type Client = Awaited<ReturnType<typeof follow>>;

/** Reads a stream over a socket of its own, from its first event on. */
async function follow(url: string, address: string) {
  const { hostname, port, host } = new URL(url);
  const socket: Socket = connect({ host: hostname, port: Number(port) });
  let text = "";
  let wake = () => {};
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    text = (text + chunk).slice(-200_000);
    wake();
  });
  const gone = once(socket, "close");
  socket.on("error", () => {});
  socket.write(`GET ${address} HTTP/1.1\r\nHost: ${host}\r\nAccept: text/event-stream\r\n\r\n`);
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise<void>((resolve) => (wake = resolve));
  };
  const next = async () => {
    const from = text.length;
    await until(() => text.includes("\ndata: {", from - 1));
    return text.slice(from);
  };
  while (!/^data: /m.test(text)) await Promise.race([new Promise<void>((resolve) => (wake = resolve)), gone]);
  return {
    gone,
    next,
    until,
    heard: () => text,
    retries: () => [...text.matchAll(/^retry: (\d+)$/gm)].map(([, milliseconds]) => milliseconds),
    pause: () => socket.pause(),
    leave: () => socket.destroy(),
  };
}

/** A server that has nothing but streams. */
async function streaming(room: Room) {
  const registry = new Registry();
  const plain = createPlain({
    telemetry: { recordRequest: () => {} },
    correlation: createCorrelation(),
    overTls: false,
  });
  const streams = createStreams({
    plain,
    telemetry: { registry, gauge: () => {} },
    most: 10,
    watch: () => ({ wrote: () => {}, ack: () => undefined }),
    random: Math.random,
  });
  const server = createServer((request, response) => {
    const told = room.news(null);
    const credential = { kind: "local" as const, id: undefined };
    streams.open(plain.visit(request, response, "/"), { room, about: null, credential, told }, "data: first\n\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tell: streams.tell,
    async ended(reason: string) {
      const metric = registry.getSingleMetric("beq_stream_ends_total") as Counter;
      const { values } = await metric.get();
      return values.find(({ labels }) => labels["reason"] === reason)?.value;
    },
    async [Symbol.asyncDispose]() {
      streams.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
