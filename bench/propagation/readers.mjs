// Many readers of one stream in one process: bare sockets, so that what is measured is the server.
import { connect } from "node:net";

const [host, port, path, count, key] = process.argv.slice(2);
const credential = key ? `X-API-Key: ${key}\r\n` : "";
const request = `GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nAccept: text/event-stream\r\n${credential}\r\n`;
const atOnce = 100;

let seen = [];
let isWatching = false;
let lost = 0;
const sockets = new Set();

/** Resolves once the stream has begun. */
function open() {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: Number(port) });
    let isOpen = false;
    socket.setNoDelay(true);
    socket.once("connect", () => socket.write(request));
    socket.on("data", (chunk) => {
      if (!isOpen) {
        // The first answer, and what is told at once.
        if (!chunk.includes("200 OK") && !sockets.has(socket)) return reject(new Error(chunk.toString()));
        sockets.add(socket);
        if (chunk.includes("data: {") || chunk.includes("greeting")) {
          isOpen = true;
          resolve();
        }
        return;
      }
      if (isWatching && chunk.includes("data: {")) {
        // The clock of the machine, the same in every process.
        seen.push(Number(process.hrtime.bigint()) / 1e6);
        if (seen.length === sockets.size) report();
      }
    });
    socket.once("close", () => {
      lost += 1;
      sockets.delete(socket);
      reject(new Error("closed"));
    });
    socket.on("error", reject);
  });
}

function report() {
  process.send({ seen, lost });
  seen = [];
  isWatching = false;
}

process.on("message", (message) => {
  if (message === "watch") {
    seen = [];
    isWatching = true;
    process.send({ watching: true });
  }
});
process.on("disconnect", () => process.exit(0));

for (let left = Number(count); left > 0; left -= atOnce) {
  await Promise.all(Array.from({ length: Math.min(atOnce, left) }, open));
}
process.send({ ready: sockets.size });
