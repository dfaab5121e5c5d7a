// The least that could do the work: a bare node:http server that writes one event to everybody who reads.
import { createServer } from "node:http";

const readers = new Set();
const server = createServer((request, response) => {
  if (request.method === "POST") {
    const event = `id: 1\ndata: {"features":${JSON.stringify("x".repeat(600))}}\n\n`;
    for (const reader of readers) reader.write(event);
    return response.end("{}");
  }
  if (request.url === "/ready") return response.end();
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-cache, no-transform" });
  response.write(": greeting\n\n");
  readers.add(response);
  response.on("close", () => readers.delete(response));
});
server.listen(Number(process.env.PORT), "127.0.0.1");
