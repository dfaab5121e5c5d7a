import { expect, it } from "vitest";
import { fnv1a } from "./fnv.ts";

// Vectors of the FNV reference implementation, test_fnv.c.
it.each([
  ["", 0x811c9dc5],
  ["a", 0xe40c292c],
  ["b", 0xe70c2de5],
  ["foobar", 0xbf9cf968],
  ["chongo was here!\n", 0xd49930d5],
])("hashes %j as the reference implementation does", (text, hash) => {
  expect(fnv1a(text) >>> 0).toBe(hash);
});

it("continues where an earlier text ended", () => {
  expect(fnv1a("bar", fnv1a("foo"))).toBe(fnv1a("foobar"));
});
