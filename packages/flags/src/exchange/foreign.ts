import type { Foreign } from "../foreign.ts";
import { buckets } from "./buckets.ts";
import { dialects } from "./dialects.ts";

export type { Bucket, DialectRules, Foreign, Place } from "../foreign.ts";

/** Every way of another system that imported flags may need. */
export const foreign: Foreign = { buckets, dialects };
