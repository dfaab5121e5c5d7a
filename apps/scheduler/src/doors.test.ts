import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { createDoors } from "./doors.ts";

const request = "GET / HTTP/1.1\r\nHost: here\r\n\r\n";

it("answers a request that arrives on a connection opened before", async () => {
  const { shut, dial } = await open();
  const socket = await dial();
  const closed = shut(5_000);
  socket.write(request);
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\nConnection: close\r\n/);
  await closed;
});

it("lets a connection go that asks nothing", async () => {
  const { shut, dial } = await open();
  const socket = await dial();
  const gone = once(socket, "close");
  await shut(60_000);
  await gone;
  expect(socket.destroyed).toBe(true);
});

it("ends a connection that was kept alive", async () => {
  const { shut, dial } = await open();
  const socket = await dial();
  socket.write(request);
  await once(socket, "data");
  await shut(60_000);
  expect(await text(socket)).toBe("");
});

it("waits for a request no longer than its limit", async () => {
  const { server, shut, dial } = await open();
  server.removeAllListeners("request");
  const socket = await dial();
  const gone = once(socket, "close");
  socket.write(request);
  await once(server, "request");
  await shut(50);
  await gone;
  expect(socket.destroyed).toBe(true);
});

async function open(): Promise<{ server: Server; shut: ReturnType<typeof createDoors>; dial: () => Promise<Socket> }> {
  const server = createServer((_request, response) => void response.end("here"));
  const shut = createDoors(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const dial = async (): Promise<Socket> => {
    const socket = connect(port, "127.0.0.1");
    await Promise.all([once(socket, "connect"), once(server, "connection")]);
    return socket;
  };
  return { server, shut, dial };
}
