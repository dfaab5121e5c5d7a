import { expect, it } from "vitest";
import { mostIds, readIds, report, withIds, withoutIds } from "./ids.ts";

it("reads a column, a row and quoted ids alike, each once", () => {
  expect(readIds('ann\r\nbob, "carl";\tann\n\n')).toEqual({ ids: ["ann", "bob", "carl"], repeated: 1, tooLong: 0 });
});

it("leaves out what is too long to be an id", () => {
  expect(readIds(`${"x".repeat(201)}\nok`)).toEqual({ ids: ["ok"], repeated: 0, tooLong: 1 });
});

it("reads as many ids as a segment may hold without looking through them for each", () => {
  const text = Array.from({ length: mostIds }, (_, id) => `user-${id}@example.org`).join("\n");
  const start = performance.now();
  expect(readIds(text).ids).toHaveLength(mostIds);
  expect(performance.now() - start).toBeLessThan(10_000);
});

it("adds and removes ids and says what became of them", () => {
  const read = readIds("b\nc\nc");
  const { ids, fresh } = withIds(["a", "b"], read.ids);
  expect(ids).toEqual(["a", "b", "c"]);
  expect(report(read, fresh)).toBe("1 added, 2 were there already");
  expect(withoutIds(ids, ["a", "x"])).toEqual(["b", "c"]);
});
