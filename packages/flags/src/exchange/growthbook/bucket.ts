import type { Bucket } from "../../foreign.ts";
import { fnv1a } from "../../hash/fnv.ts";

/**
 * GrowthBook's first hash: fnv1a32(id + seed) % 1000, in 1000 parts. The salt is the seed (a rule's key unless set).
 * Source: https://docs.growthbook.io/lib/build-your-own#hashing.
 */
export const growthbookV1: Bucket = {
  name: "growthbook-v1",
  bucket: (salt, of) => (id) => (id ? (((fnv1a(salt, fnv1a(String(id))) >>> 0) % 1000) * of) / 1000 : NaN),
};

/** GrowthBook's second hash, without the bias of the first: fnv1a32(fnv1a32(seed + id)) % 10000, in 10,000 parts. */
export const growthbookV2: Bucket = {
  name: "growthbook-v2",
  bucket: (salt, of) => {
    const salted = fnv1a(salt);
    const hash = (id: unknown) => fnv1a(String(fnv1a(String(id), salted) >>> 0)) >>> 0;
    // As in its SDK, 0 and false are no ids.
    return (id) => (id ? ((hash(id) % 10_000) * of) / 10_000 : NaN);
  },
};
