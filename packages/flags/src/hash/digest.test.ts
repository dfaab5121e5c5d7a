import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { md5 } from "./md5.ts";
import { sha1 } from "./sha1.ts";

const hex = (words: readonly number[]) => words.map((word) => word.toString(16).padStart(8, "0")).join("");

/** FIPS 180-2, appendix A. */
const SHA1: [string, string][] = [
  ["abc", "a9993e364706816aba3e25717850c26c9cd0d89d"],
  ["abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1"],
  ["", "da39a3ee5e6b4b0d3255bfef95601890afd80709"],
];
/** RFC 1321, appendix A.5. */
const MD5: [string, string][] = [
  ["", "d41d8cd98f00b204e9800998ecf8427e"],
  ["abc", "900150983cd24fb0d6963f7d28e17f72"],
  ["message digest", "f96b697d7cb7938d525a2f31aaf161d0"],
];

describe.each([
  ["sha1", sha1, SHA1],
  ["md5", md5, MD5],
] as const)("%s", (name, hash, published) => {
  it.each(published)("of %j is its published digest", (text, digest) => expect(hex(hash(text))).toBe(digest));

  it("of any text is the platform's, over UTF-8 (seed 31)", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.string({ unit: "grapheme", maxLength: 80 }),
    );
    fc.assert(
      fc.property(text, (one) => {
        expect(hex(hash(one))).toBe(createHash(name).update(one).digest("hex"));
      }),
      { seed: 31, numRuns: 2000 },
    );
  });
});
