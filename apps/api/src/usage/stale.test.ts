import { describe, expect, it } from "vitest";
import { type Facts, staleness } from "./stale.ts";

const day = 24 * 60 * 60 * 1000;
const now = Date.UTC(2030, 2, 25, 6);
const silent = { lastAt: null, answers: [] };
const permanent = { flag: { lifetime: "permanent" as const } };
const both = [
  { variant: "on", count: 5 },
  { variant: "off", count: 1 },
];

describe("a flag", () => {
  it.each<[string, Partial<Facts>, ReturnType<typeof staleness>]>([
    ["that is in use", {}, null],
    ["that only one answer was given of", { usage: { lastAt: now, answers: both.slice(0, 1) } }, "one_sided"],
    ["that was answered to nobody", { usage: { lastAt: now - day, answers: [] } }, null],
    ["that nobody has changed for 30 days", { changedAt: now - 30 * day }, "unchanged"],
    ["that was changed a little later", { changedAt: now - 30 * day + 1 }, null],
    ["that no code declares and nobody asks for", { declared: false, usage: silent }, "unseen"],
    ["that no code declares and somebody asked for", { declared: false }, null],
    ["that was last asked for long ago", { declared: false, usage: { lastAt: now - 30 * day, answers: [] } }, "unseen"],
    ["that is declared and not asked for", { usage: silent }, null],
    ["that is young", { createdAt: now - 29 * day, declared: false, usage: silent }, null],
    ["that was never saved", { createdAt: null, changedAt: null, declared: false, usage: silent }, null],
    ["that is to stay, unchanged", { ...permanent, changedAt: now - 60 * day }, null],
    ["that is to stay, with one answer", { ...permanent, usage: { lastAt: now, answers: both.slice(0, 1) } }, null],
    ["that is to stay and nobody asks for", { ...permanent, declared: false, usage: silent }, "unseen"],
  ])("%s", (_what, facts, mark) => {
    expect(staleness({ ...used, ...facts }, now)).toBe(mark);
  });
});

const used: Facts = {
  flag: { lifetime: "temporary" },
  declared: true,
  createdAt: now - 90 * day,
  changedAt: now - day,
  usage: { lastAt: now, answers: both },
};
