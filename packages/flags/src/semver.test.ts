import { describe, expect, it } from "vitest";
import { compareVersions, compareVersionText, parseVersion } from "./semver.ts";

describe("a semantic version", () => {
  // The specification's own order, §11, between shortened and prefixed forms.
  const ordered = [
    "0.9.10",
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-beta",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0.0-rc.1",
    "v1",
    "1.0.1",
    "1.2",
    "1.10.0",
    "2.0.0",
    "10.0.0",
  ];

  it("is ordered as the specification orders it, parsed or read as text", () => {
    for (const [i, a] of ordered.entries()) {
      for (const [j, b] of ordered.entries()) {
        expect([a, b, Math.sign(compareVersions(version(a), version(b)))]).toEqual([a, b, Math.sign(i - j)]);
        expect([a, b, Math.sign(compareVersionText(a, version(b)))]).toEqual([a, b, Math.sign(i - j)]);
      }
    }
  });

  it.each([
    ["1.2.3+a", "1.2.3+b"],
    ["V1.2", "1.2.0"],
    ["1", "1.0.0"],
  ])("reads %s and %s as equal", (a, b) => {
    expect(compareVersions(version(a), version(b))).toBe(0);
    expect(compareVersionText(a, version(b))).toBe(0);
  });

  it.each([
    "",
    "v",
    "x",
    "01.2.3",
    "1.02",
    "1.2.3.4",
    "1.",
    "1..2",
    "-1",
    "1.2.3-",
    "1.2.3-01",
    "1.2.3+",
    "1.2.3-a..b",
    " 1",
    "1 ",
  ])("is none: '%s'", (text) => {
    expect(parseVersion(text)).toBeUndefined();
    expect(compareVersionText(text, version("1.0.0"))).toBeNaN();
  });
});

function version(text: string) {
  const parsed = parseVersion(text);
  if (!parsed) throw new Error(`${text} is no version`);
  return parsed;
}
