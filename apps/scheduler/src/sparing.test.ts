import { expect, it } from "vitest";
import type { Progress } from "./contract/index.ts";
import { begun } from "./optimize/progress.ts";
import { sparing } from "./sparing.ts";

it("passes on each new phase, its end, and a step now and then", () => {
  const { listen, seen, pass } = listener();
  const step = (phase: Progress["phase"], fraction: number, passed: number) => {
    pass(passed);
    listen(phase, fraction, () => begun(0));
  };
  step("reading", 0, 0);
  step("improving", 0.1, 1);
  step("improving", 0.2, 10);
  step("improving", 0.3, 50);
  step("simulating", 0.9, 1);
  step("simulating", 1, 1);
  expect(seen).toEqual([
    ["reading", 0],
    ["improving", 0.1],
    ["improving", 0.3],
    ["simulating", 0.9],
    ["simulating", 1],
  ]);
});

it("spends no more than a tenth of the time on saying what a plan is worth", () => {
  const { listen, seen, pass } = listener();
  const slow = () => {
    pass(30);
    return begun(0);
  };
  for (let each = 0; each < 100; each += 1) {
    listen("improving", each / 100, slow);
    pass(10);
  }
  expect(seen.length).toBeGreaterThan(2);
  expect(seen.length * 30).toBeLessThan(0.1 * (100 * 10 + seen.length * 30) + 30);
});

function listener() {
  let time = 0;
  const seen: [string, number][] = [];
  const listen = sparing(
    ({ phase, fraction }) => void seen.push([phase, fraction]),
    () => time,
  );
  return { listen, seen, pass: (milliseconds: number) => void (time += milliseconds) };
}
