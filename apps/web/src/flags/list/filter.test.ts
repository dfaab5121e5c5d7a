import { expect, it } from "vitest";
import type { FlagRow } from "../wire.ts";
import { choicesIn, filterIn, shownRows } from "./filter.ts";

const rows = [
  row("new_checkout", { description: "Pay in one step", tags: ["shop"], owner: "payments", enabled: false }),
  row("dark_mode", { tags: ["look", "shop"], stale: "unchanged", changed_at: "2026-01-02T00:00:00Z" }),
  row("banner", { type: "string", owner: "growth", changed_at: "2026-03-01T00:00:00Z" }),
];

it.each([
  ["a word of the description", { q: "STEP" }, ["new_checkout"]],
  ["a tag", { q: "shop" }, ["dark_mode", "new_checkout"]],
  ["every word, wherever each is", { q: "pay shop" }, ["new_checkout"]],
  ["an owner", { q: "growth" }, ["banner"]],
  ["the type", { type: "string" as const }, ["banner"]],
  ["the state", { state: "off" as const }, ["new_checkout"]],
  ["tag and state together", { tag: "shop", state: "on" as const }, ["dark_mode"]],
  ["stale ones", { stale: true }, ["dark_mode"]],
])("finds by %s", (_, filter, keys) => expect(shownRows(rows, filter).map(({ key }) => key)).toEqual(keys));

it("sorts by the latest change, those never saved at the end", () => {
  expect(shownRows(rows, { sort: "changed" }).map(({ key }) => key)).toEqual(["banner", "dark_mode", "new_checkout"]);
});

it("takes from an address what it knows and nothing else", () => {
  expect(filterIn({ q: "x", type: "integer", state: "on", sort: "changed", stale: "yes", page: 3 })).toEqual({
    q: "x",
    state: "on",
    sort: "changed",
  });
});

it("offers each tag and owner once", () => {
  expect(choicesIn(rows)).toEqual({ tags: ["look", "shop"], owners: ["growth", "payments"] });
});

function row(key: string, more: Partial<FlagRow>): FlagRow {
  return {
    key,
    description: "",
    type: "boolean",
    enabled: true,
    owner: "",
    tags: [],
    lifetime: "permanent",
    version: 0,
    layer: "stored",
    declared: false,
    summary: "on",
    changed_at: null,
    changed_by: null,
    last_evaluated_at: null,
    answers: [],
    stale: null,
    planned: 0,
    requested: 0,
    ...more,
  };
}
