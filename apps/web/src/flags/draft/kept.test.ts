import { expect, it } from "vitest";
import { newFlag } from "./change.ts";
import { isChanged, keep, keptNames, readKept } from "./kept.ts";

it("has an edit again after a reload", () => {
  const shelf = memory();
  const kept = { base: 3, from: newFlag("boolean", "before"), value: newFlag("boolean", "after") };
  expect(keep(shelf, "flag.x", kept)).toBe(true);
  expect(readKept(shelf, "flag.x")).toEqual(kept);
  keep(shelf, "segment.y", { base: 0, from: null, value: { ids: [] } });
  expect(keptNames(shelf)).toEqual(["flag.x", "segment.y"]);
  keep(shelf, "flag.x", null);
  expect(readKept(shelf, "flag.x")).toBe(null);
  expect(keptNames(shelf)).toEqual(["segment.y"]);
});

it.each(["{", "null", "[]", '{"base":1,"from":null,"value":{}}', '{"base":"1","from":null,"value":{"ids":[]}}'])(
  "does not read %s as an edit",
  (text) => expect(readKept({ ...memory(), read: () => text }, "flag.x")).toBe(null),
);

it("has nothing to save when everything is as it was, whatever the version", () => {
  const flag = newFlag("boolean", "same");
  expect(isChanged({ base: 1, from: flag, value: { ...flag, version: 9 } })).toBe(false);
  expect(isChanged({ base: 1, from: flag, value: { ...flag, enabled: false } })).toBe(true);
  expect(isChanged({ base: 0, from: null, value: flag })).toBe(true);
});

function memory() {
  const held = new Map<string, string>();
  return {
    read: (key: string) => held.get(key) ?? null,
    write: (key: string, value: string | null) => {
      if (value === null) held.delete(key);
      else held.set(key, value);
      return true;
    },
  };
}
