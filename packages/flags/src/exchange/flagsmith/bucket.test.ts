import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flagsmith, PLACES, placesBelow } from "./bucket.ts";

const percentage = (place: number) => (place / PLACES) * 100;

describe("Flagsmith's place of an id", () => {
  it("is MD5 modulo 9999, drawn again for the last (seed 42)", () => {
    const drawn = (text: string): number => {
      const rest = Number(BigInt(`0x${createHash("md5").update(text).digest("hex")}`) % 9999n);
      return rest === 9998 ? drawn(`${text},${text}`) : rest;
    };
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme", minLength: 1 }), (salt, id) => {
        expect(flagsmith.bucket(salt, PLACES)(id, {})).toBe(drawn(salt + id));
      }),
      { seed: 42, numRuns: 500 },
    );
  });

  it("is never 100 %, for which the text is written twice", () => {
    const ids = Array.from({ length: 20_000 }, (_, index) => String(index));
    const last = ids.filter((id) => BigInt(`0x${createHash("md5").update(id).digest("hex")}`) % 9999n === 9998n);
    expect(last.length).toBeGreaterThan(0);
    const place = flagsmith.bucket("", PLACES);
    expect(last.map((id) => place(id, {}))).toEqual(last.map((id) => place(`${id},${id}`, {})));
  });
});

describe("the places below a percentage", () => {
  it("are those that begin below it, or at it where it is included (seed 43)", () => {
    fc.assert(
      fc.property(fc.nat(PLACES - 1), (place) => {
        expect(placesBelow(percentage(place))).toBe(place);
        expect(placesBelow(percentage(place), true)).toBe(place + 1);
      }),
      { seed: 43, numRuns: 500 },
    );
  });

  it.each([
    [0, 0],
    [-1, 0],
    [100, PLACES],
    [150, PLACES],
  ])("of %d %% are %d", (percent, places) => expect(placesBelow(percent)).toBe(places));
});
