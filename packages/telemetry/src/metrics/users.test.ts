import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { createUserLabels } from "./users.ts";

describe("the label of a user", () => {
  it("is theirs for the first who come, and stays theirs", () => {
    const labels = createUserLabels(2);
    const given = ["ann", "bob", "cem", "ann", "bob", "cem"].map((id) => labels.of(id, true));
    expect(given).toEqual(["ann", "bob", "_other", "ann", "bob", "_other"]);
  });

  it("is anonymous without a user", () => {
    const labels = createUserLabels(1);
    expect([undefined, ""].map((id) => labels.of(id, true))).toEqual(["anonymous", "anonymous"]);
  });

  it("takes no place, and tells nobody's name, for an id that nobody vouches for", () => {
    const labels = createUserLabels(1);
    expect(["eve", "ann"].map((id) => labels.of(id, id === "ann"))).toEqual(["_other", "ann"]);
    expect(labels.of("ann", false)).toBe("_other");
  });

  it("is nobody's when ids are turned off", () => {
    expect(createUserLabels(0).of("ann", true)).toBe("_other");
  });

  it.each(["anonymous", "_other", "_all"])("cannot be claimed by a user called %s", (id) => {
    expect(createUserLabels(9).of(id, true)).toBe("_other");
  });

  it("is never one of more than the bound, and different ids never share its bytes (seed 3)", () => {
    const ids = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "\ud800", "\udfff", "\n", "é"), maxLength: 3 }));
    const property = fc.property(ids, fc.nat(5), (given, max) => {
      const labels = createUserLabels(max);
      const own = new Set(given.map((id) => labels.of(id, true)).filter((id) => id !== "_other" && id !== "anonymous"));
      expect(own.size).toBeLessThanOrEqual(max);
      expect(new Set([...own].map((id) => Buffer.from(id).toString("hex"))).size).toBe(own.size);
    });
    fc.assert(property, { seed: 3 });
  });
});
