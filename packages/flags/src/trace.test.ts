import { expect, it } from "vitest";
import type { EvaluationContext } from "./model.ts";
import { parseFlagSet } from "./parse.ts";
import { trace } from "./trace.ts";

it("tells clause by clause why a user got what they got, with the bucket they fell in", () => {
  expect(story("checkout", { targetingKey: "user-7", country: "FR", version: "2.3.0" })).toEqual([
    "✓ Requires flag “payments” to serve “on”: it serves “on”.",
    "✗ Rule “staff” does not apply:",
    "  ✗ in segment “staff”: is not in it",
    "    ✗ email ends with “@beq.example” (upper or lower case): it is missing",
    "✓ Rule “europe” applies:",
    "  ✓ All of:",
    "    ✓ country is one of “DE”, “FR”: it is “FR”",
    "    ✓ Not:",
    "      ✗ version is a version before 2.0.0: it is “2.3.0”",
    "· Shares by user id: “on” 0–12.5 %, “off” 12.5–100 %.",
    "  · “user-7” falls at 54.500 % (bucket 545 of 1000).",
    "· Serves “off”, which is false (SPLIT).",
  ]);
});

it.each([
  ["payments", {}, ["· Serves “on”, which is true (STATIC)."]],
  ["closed", {}, ["✗ The flag is switched off for everybody.", "· Serves “off”, which is false (DISABLED)."]],
  ["none", {}, ["· No answer: there is no flag 'none'."]],
  [
    "child",
    {},
    ["✗ Requires flag “closed” to serve “off”: it is switched off.", "· Serves “off”, which is false (DEFAULT)."],
  ],
  [
    "share",
    {},
    [
      "· Shares by org: “on” 0–50 %, “off” 50–100 %.",
      "  · There is no org to place, so the off variant is served.",
      "· Serves “off”, which is false (DEFAULT).",
    ],
  ],
])("tells the whole story of '%s' for %j", (key, context, lines) => {
  expect(story(key, context)).toEqual(lines);
});

function story(key: string, context: EvaluationContext): string[] {
  return trace(shop(), key, context).steps.map(({ depth, met, text }) => {
    const mark = met === null ? "·" : met ? "✓" : "✗";
    return `${"  ".repeat(depth)}${mark} ${text}`;
  });
}

function shop() {
  const base = {
    type: "boolean",
    enabled: true,
    variants: { on: true, off: false },
    off: "off",
    otherwise: { variant: "on" },
  };
  const europe = {
    all: [
      { attribute: "country", op: "one_of", values: ["DE", "FR"] },
      { not: { attribute: "version", op: "semver_less", value: "2.0.0" } },
    ],
  };
  const weights = (on: number, off: number) => [
    { variant: "on", weight: on },
    { variant: "off", weight: off },
  ];
  const parsed = parseFlagSet({
    flags: {
      payments: base,
      closed: { ...base, enabled: false },
      child: { ...base, requires: [{ flag: "closed", variants: ["off"] }] },
      share: { ...base, otherwise: { split: { by: "org", weights: weights(1, 1) } } },
      checkout: {
        ...base,
        requires: [{ flag: "payments", variants: ["on"] }],
        rules: [
          { id: "staff", when: { segment: "staff" }, serve: { variant: "on" } },
          { id: "europe", when: europe, serve: { split: { weights: weights(125, 875) } } },
        ],
      },
    },
    segments: { staff: { when: { attribute: "email", op: "ends_with", values: ["@beq.example"], ignore_case: true } } },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.flagSet;
}
