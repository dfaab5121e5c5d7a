import { expect, it } from "vitest";
import { invalidMessages, refusalOf, wordsOf } from "./refusal.ts";

it("calls an error without an answer unreachable", () => {
  expect(wordsOf(refusalOf(new TypeError("fetch failed")))).toBe(
    "BeQ's server cannot be reached from here. Nothing was changed; try again.",
  );
});

it("keeps the server's sentence, and says each message of a refused input once", () => {
  expect(wordsOf(refusalOf(refused("conflict", "somebody has to stay an admin")))).toBe(
    "Somebody has to stay an admin.",
  );
  const detail = [
    { loc: ["body", "url"], msg: "must be public" },
    { loc: ["body", "name"], msg: "must be public" },
  ];
  expect(wordsOf(refusalOf(refused("invalid", "", detail)))).toBe("Must be public.");
  expect(invalidMessages(detail, "url")).toEqual(["must be public"]);
  expect(invalidMessages({ error: "no list" })).toEqual([]);
});

it("quotes the number of a defect, and nothing else of it", () => {
  const error = refused("internal", "Internal server error", { request_id: "r1" });
  expect(wordsOf(refusalOf(error))).toContain("r1");
});

function refused(failure: string, message: string, detail: unknown = null): Error {
  return Object.assign(new Error(message), { data: { failure, detail } });
}
