import type { AnyTRPCRouter } from "@trpc/server";
import express, { type Router } from "express";
import { lazy } from "./lazy.ts";
import { openApi } from "./openapi.ts";
import { page, styles } from "./page.ts";

/** The OpenAPI document, and a page for people made of it. */
export function createDocs(router: AnyTRPCRouter, version: string): Router {
  const docs = express.Router();
  const document = lazy(() => openApi(router, version));
  const json = lazy(() => JSON.stringify(document()));
  const html = lazy(() => page(document()));
  const files = [
    { path: "/api/v1/openapi.json", type: "json", text: json },
    { path: "/docs", type: "html", text: html },
    { path: "/docs/style.css", type: "css", text: () => styles },
  ];
  for (const { path, type, text } of files)
    docs.get(path, (_request, response) => {
      response.locals["endpoint"] = path;
      response.type(type).send(text());
    });
  return docs;
}
