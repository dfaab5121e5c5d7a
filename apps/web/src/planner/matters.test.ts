import { Weights } from "@beq/scheduler/contract";
import { expect, it } from "vitest";
import { chosenWith, levelOf, matters } from "./matters.ts";

const defaults = Weights.parse({});

it("makes a matter count more, less, and as usual again, and leaves the others as they are", () => {
  for (const matter of matters) {
    const other = matters.find(({ id }) => id !== matter.id) ?? matter;
    const start = chosenWith(other, "more", {}, defaults);
    const more = chosenWith(matter, "more", start, defaults);
    const less = chosenWith(matter, "less", more, defaults);
    expect([more, less].map((chosen) => levelOf(matter, chosen, defaults))).toEqual(["more", "less"]);
    expect(chosenWith(matter, "normal", less, defaults)).toEqual(start);
  }
});

it("sends what the contract takes", () => {
  const all = matters.reduce((chosen, matter) => chosenWith(matter, "more", chosen, defaults), {});
  expect(Weights.safeParse(all).success).toBe(true);
});
