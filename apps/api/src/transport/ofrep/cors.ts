import { overrideHeader } from "@beq/flags/override";
import type { HeaderList } from "../plain.ts";

// Any page may ask: what is asked with is a key in a header, which no page has that was not given it. Cookies do not
// come along to another origin.
export const shared: HeaderList = [
  "Access-Control-Allow-Origin",
  "*",
  // Without it a page cannot see the tag, and asks for everything anew each time.
  "Access-Control-Expose-Headers",
  "ETag, Retry-After, X-Request-Id",
];

const allowed = ["content-type", "authorization", "x-api-key", "if-none-match", "x-request-id", "traceparent"];

/** The answer to a browser that asks whether it may ask. */
export const preflight: HeaderList = [
  ...shared,
  "Access-Control-Allow-Methods",
  "POST, GET, OPTIONS",
  "Access-Control-Allow-Headers",
  [...allowed, overrideHeader].join(", "),
  "Access-Control-Max-Age",
  "7200",
];
