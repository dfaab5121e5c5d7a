import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { murmur3, picker, salted, thresholds } from "./bucket.ts";

const unsigned = (salt: string, id: string) => murmur3(salted(salt), id) >>> 0;

describe("murmur3", () => {
  it.each([
    ["ejOoVL", 0],
    ["bY9fO-", 1],
    ["SI7p-", 2147483647],
    ["6LvT0", 2147483648],
    ["ceQdGm", 4294967295],
  ])("hashes flagd's check key %s to %i", (text, hash) => {
    expect(unsigned("", text)).toBe(hash);
    expect(unsigned(text, "")).toBe(hash);
    expect(unsigned(text.slice(0, 3), text.slice(3))).toBe(hash);
  });

  it("agrees with the published algorithm on any text, cut anywhere into salt and id (seed 1)", () => {
    const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.string());
    fc.assert(
      fc.property(anyText, anyText, (salt, id) => {
        expect(unsigned(salt, id)).toBe(published(new TextEncoder().encode(salt), new TextEncoder().encode(id)));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("counts a lone surrogate as U+FFFD, as TextEncoder does", () => {
    expect(unsigned("a", "x\ud800y")).toBe(unsigned("a", "x\ufffdy"));
  });
});

describe("a split", () => {
  it("projects as flagd does: floor(hash × total / 2^32) against cumulative weights (seed 2)", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 6 }), (id, numbers) => {
        const total = numbers.reduce((sum, n) => sum + n, 0);
        fc.pre(total > 0);
        const weights = numbers.map((weight, index) => ({ variant: String(index), weight }));

        const bucket = Number((BigInt(unsigned("flag", id)) * BigInt(total)) >> 32n);
        let cumulative = 0;
        const expected = numbers.findIndex((n) => (cumulative += n) > bucket);

        expect(picker("flag", weights)(id)).toBe(expected);
      }),
      { seed: 2, numRuns: 2000 },
    );
  });

  it("reaches its last weight's end exactly at 2^32, also with the largest total", () => {
    expect(thresholds([{ variant: "a", weight: 2147483647 }])).toEqual([2 ** 32]);
    expect(
      thresholds([
        { variant: "a", weight: 1 },
        { variant: "b", weight: 2147483646 },
      ]),
    ).toEqual([3, 2 ** 32]);
  });
});

/** murmur3_x86_32 as its author wrote it, byte arrays and BigInt only, seed 0. */
function published(first: Uint8Array, second: Uint8Array): number {
  const bytes = [...first, ...second];
  const mask = 0xffffffffn;
  const rotate = (x: bigint, by: bigint) => ((x << by) | (x >> (32n - by))) & mask;
  const scramble = (k: bigint) => (rotate((k * 0xcc9e2d51n) & mask, 15n) * 0x1b873593n) & mask;
  const little = (part: number[]) => part.reduce((sum, byte, index) => sum | (BigInt(byte) << BigInt(8 * index)), 0n);

  let h = 0n;
  const whole = bytes.length - (bytes.length % 4);
  for (let at = 0; at < whole; at += 4) {
    h = (rotate(h ^ scramble(little(bytes.slice(at, at + 4))), 13n) * 5n + 0xe6546b64n) & mask;
  }
  h ^= scramble(little(bytes.slice(whole)));
  h ^= BigInt(bytes.length);
  h = ((h ^ (h >> 16n)) * 0x85ebca6bn) & mask;
  h = ((h ^ (h >> 13n)) * 0xc2b2ae35n) & mask;
  return Number(h ^ (h >> 16n));
}
