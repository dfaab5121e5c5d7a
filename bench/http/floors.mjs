// The floors: the same answers from a bare node:http server, from bare Express, and an empty procedure of bare tRPC.
import { createServer } from "node:http";
import { initTRPC } from "@trpc/server";
import { createExpressMiddleware } from "@trpc/server/adapters/express";
import express from "express";
import { createEngine } from "../flags/engines/floor.mjs";
import { createWorld } from "../flags/world.mjs";

const { flags } = createWorld();
const engine = createEngine({ flags });
const keys = flags.map(({ key }) => key);
const features = keys.slice(0, 5);

function all({ targetingKey, ...attributes }) {
  const user = { id: targetingKey, ...attributes };
  return { flags: keys.map((key) => answer(key, engine.ask(key, user))) };
}

function answer(key, value) {
  return { key, reason: "TARGETING_MATCH", variant: value ? "on" : "off", value };
}

function status(userId) {
  const user = { id: userId, country: "AA", score: 0, version: "1.0.0" };
  const entries = features.map((key) => [
    key,
    { enabled: engine.ask(key, user), user_specific: false, description: "What this feature is about, in a line" },
  ]);
  return { features: Object.fromEntries(entries), user_id: userId };
}

const servers = {
  node: () =>
    createServer((request, response) => {
      if (request.method === "GET") {
        const { searchParams } = new URL(request.url, "http://localhost");
        return send(response, status(searchParams.get("user_id") ?? ""));
      }
      const chunks = [];
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", () => send(response, all(JSON.parse(Buffer.concat(chunks).toString()).context)));
    }),

  express: () => {
    const app = express();
    app.get("/status", (request, response) => response.json(status(String(request.query.user_id ?? ""))));
    app.post("/flags", express.json(), (request, response) => response.json(all(request.body.context)));
    return createServer(app);
  },

  trpc: () => {
    const t = initTRPC.create();
    const router = t.router({ empty: t.procedure.query(() => null) });
    const app = express();
    app.get("/ready", (_request, response) => response.end());
    app.use("/trpc", createExpressMiddleware({ router }));
    return createServer(app);
  },
};

function send(response, value) {
  const text = JSON.stringify(value);
  const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) };
  response.writeHead(200, headers).end(text);
}

servers[process.argv[2]]().listen(Number(process.env.PORT), "127.0.0.1");
