import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { createSend } from "./send.ts";

const running = new AbortController().signal;

it("posts the body with its headers and answers the status", async () => {
  await using there = await receiver((request, response) => {
    response.statusCode = request.headers["x-mark"] === "1" && request.method === "POST" ? 204 : 400;
    response.end();
  });
  expect(await createSend({ allowPrivate: true })(there.url, { "x-mark": "1" }, "{}", running)).toEqual({
    status: 204,
  });
  expect(there.bodies).toEqual(["{}"]);
});

it("follows no redirect", async () => {
  await using target = await receiver((_request, response) => response.end());
  await using there = await receiver((_request, response) => response.writeHead(302, { location: target.url }).end());
  expect(await createSend({ allowPrivate: true })(there.url, {}, "{}", running)).toEqual({ status: 302 });
  expect(target.bodies).toEqual([]);
});

it("does not read an answer that never ends", async () => {
  await using there = await receiver((_request, response) => response.write("x".repeat(100_000)));
  expect(await createSend({ allowPrivate: true })(there.url, {}, "{}", running)).toEqual({ status: 200 });
});

it("gives up at once what is on its way when the process stops", async () => {
  const stopping = new AbortController();
  await using there = await receiver(() => stopping.abort());
  const sent = await createSend({ allowPrivate: true })(there.url, {}, "{}", stopping.signal);
  expect(sent).toEqual({ error: "BeQ was stopped" });
});

it("says in words that nobody is there", async () => {
  const { url } = await receiver(() => {}).then(async (there) => {
    await there[Symbol.asyncDispose]();
    return there;
  });
  expect(await createSend({ allowPrivate: true })(url, {}, "{}", running)).toEqual({
    error: "nobody listens at the address",
  });
});

it.each([
  ["an address", (port: number) => `http://127.0.0.1:${port}/`],
  ["an address in disguise", (port: number) => `http://[::ffff:7f00:1]:${port}/`],
  ["a name", (port: number) => `http://localhost:${port}/`],
])("connects to no private network by %s", async (_what, urlOf) => {
  await using there = await receiver((_request, response) => response.end());
  const sent = await createSend({ allowPrivate: false })(urlOf(Number(new URL(there.url).port)), {}, "{}", running);
  expect(sent).toEqual({ error: "the address is in a private network" });
  expect(there.connections()).toBe(0);
});

async function receiver(answer: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const bodies: string[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      bodies.push(body);
      answer(request, response);
    });
  });
  server.on("connection", () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    bodies,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
