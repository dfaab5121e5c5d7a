import { defaults, features, type Flag } from "@beq/flags";
import { expect, it } from "vitest";
import { isKill } from "./kill.ts";

const set = defaults(features);
const chat = set.flags["ai_chat"] as Flag;
const review = set.flags["schedule_optimization"] as Flag;
const current = { set, versions: { flag: { ai_chat: 7 }, segment: {} } };

it("is a change that switches flags off, and nothing else", () => {
  expect(isKill([off(chat, "ai_chat", 7)], current)).toBe(true);
  expect(isKill([off(chat, "ai_chat", 7), off(review, "schedule_optimization", 0)], current)).toBe(true);
});

it.each([
  ["also says something else", [{ ...off(chat, "ai_chat", 7), value: { ...chat, enabled: false, owner: "me" } }]],
  ["comes with another", [off(chat, "ai_chat", 7), { ...off(review, "schedule_optimization", 0), value: review }]],
  ["switches on", [{ ...off(chat, "ai_chat", 7), value: chat }]],
  ["was begun on another version", [off(chat, "ai_chat", 6)]],
  ["makes a flag", [off(chat, "new_flag", 0)]],
  ["removes what was saved", [{ ...off(chat, "ai_chat", 7), value: null }]],
  ["is of a segment", [{ ...off(chat, "ai_chat", 7), kind: "segment" as const }]],
  ["names what every object has", [off(chat, "constructor", 0)]],
])("is no change that %s", (_what, edits) => {
  expect(isKill(edits, current)).toBe(false);
});

it("is no change of what is off already", () => {
  const flags = { ...set.flags, ai_chat: { ...chat, enabled: false } };
  expect(isKill([off(chat, "ai_chat", 7)], { ...current, set: { ...set, flags } })).toBe(false);
});

function off(flag: Flag, key: string, base: number) {
  return { kind: "flag" as const, key, base, value: { ...flag, enabled: false } };
}
