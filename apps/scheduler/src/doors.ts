import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

// A request may be under way on a connection that has brought none yet; one that is silent for this long is let go.
const silentMilliseconds = 1_000;

/**
 * Closes an HTTP server without losing a request: connections end after the answer they wait for. Told so by its
 * header, a client sends its next request elsewhere instead of into a connection that is being closed.
 * @returns a function that resolves when all are answered, at the latest after its `limitMilliseconds`
 */
export function createDoors(server: Server): (limitMilliseconds: number) => Promise<void> {
  const silent = new Set<Socket>();
  const open = new Set<ServerResponse>();
  let shut = false;

  server.on("connection", (socket) => {
    silent.add(socket);
    socket.once("close", () => silent.delete(socket));
  });
  server.prependListener("request", (request, response) => {
    silent.delete(request.socket);
    open.add(response);
    if (shut) last(response);
    response.once("close", () => {
      open.delete(response);
      if (shut) setImmediate(() => server.closeIdleConnections());
    });
  });

  return async (limitMilliseconds) => {
    shut = true;
    for (const response of open) last(response);
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const timers = [
      setTimeout(() => silent.forEach((socket) => socket.destroy()), silentMilliseconds),
      setTimeout(() => server.closeAllConnections(), limitMilliseconds),
    ];
    await closed;
    timers.forEach(clearTimeout);
  };
}

function last(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader("Connection", "close");
}
