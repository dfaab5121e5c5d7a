import { expect, it } from "vitest";
import { spreadInWords } from "./spread.ts";

const none = { n: 0, p50_ms: null, p99_ms: null };

it.each([
  ["nobody", none, none, "In force here within 3 ms; no connected client had to be told."],
  ["one client", { n: 1, p50_ms: 12.4, p99_ms: 12.4 }, none, "Sent to 1 client in 12 ms."],
  [
    "many clients, some of which answered",
    { n: 1_200, p50_ms: 0.4, p99_ms: 31 },
    { n: 50, p50_ms: 18, p99_ms: 1_240 },
    "Sent to 1,200 clients in under 1 ms, 99 % within 31 ms. 50 said when they had it: 18 ms, 99 % within 1.2 s.",
  ],
])("says how fast a change reached %s", (_, written, acknowledged, words) =>
  expect(spreadInWords({ applied_ms: 3, written, acknowledged })).toBe(words),
);
