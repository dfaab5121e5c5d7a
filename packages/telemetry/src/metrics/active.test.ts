import { describe, expect, it } from "vitest";

import { createActiveUsers } from "./active.ts";

const hour = 3_600_000;

describe("the active users", () => {
  it("are counted once, however often they come", () => {
    let now = 0;
    const active = createActiveUsers(() => now);
    for (; now < 20 * hour; now += hour) active.saw("ann");
    active.saw("bob");
    expect(active.count()).toBe(2);
  });

  it.each([
    [23.7, 1],
    [24.3, 0],
  ])("are forgotten after a day: %d hours later there is %d", (hours, count) => {
    let now = 1_700_000_000_000;
    const active = createActiveUsers(() => now);
    active.saw("ann");
    now += hours * hour;
    expect(active.count()).toBe(count);
  });

  it("are the last day's also when nobody asks for a week", () => {
    let now = 0;
    const active = createActiveUsers(() => now);
    for (let day = 0; day < 7; day += 1, now += 24 * hour) active.saw(`user-${day}`);
    expect(active.count()).toBe(0);
    active.saw("now");
    expect(active.count()).toBe(1);
  });
});
