import { existsSync } from "node:fs";
import { join } from "node:path";
import express, { type Router } from "express";

/** The built web app; its routes are the browser's, so every page that is no file is the same one. */
export function createWeb(directory: string): Router {
  const web = express.Router();
  const page = join(directory, "index.html");
  if (!existsSync(page)) return web;

  web.use((_request, response, next) => {
    response.locals["endpoint"] = "/{web}";
    next();
  });
  // Names under assets/ carry their content's hash.
  web.use("/assets", express.static(join(directory, "assets"), { immutable: true, maxAge: "1y", index: false }));
  web.use(express.static(directory, { index: false, maxAge: 0 }));
  web.get("/{*page}", (request, response, next) => {
    if (!request.accepts("html") || request.path.startsWith("/assets/")) return next();
    response.sendFile(page, { headers: { "Cache-Control": "no-cache" } });
  });
  return web;
}
