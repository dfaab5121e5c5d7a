import { expect, it } from "vitest";
import { createExposures, type Exposure } from "./exposures.ts";

const on = { enabled: true, user_specific: false, description: "" };

it("reports what was rendered once per flag and state, all together", async () => {
  const sent: (readonly Exposure[])[] = [];
  const timers: (() => void)[] = [];
  const { onExposure } = createExposures({
    send: async (exposures) => void sent.push(exposures),
    after: (_, act) => void timers.push(act),
  });
  for (let turn = 0; turn < 100; turn++) onExposure("chat", { ...on });
  onExposure("sync", on);
  onExposure("chat", { ...on, enabled: false });

  expect(timers).toHaveLength(1);
  timers[0]?.();
  expect(sent).toEqual([
    [
      { key: "chat", enabled: true },
      { key: "sync", enabled: true },
      { key: "chat", enabled: false },
    ],
  ]);
});

it("keeps a report that could not be sent for the next one", async () => {
  const sent: (readonly Exposure[])[] = [];
  let isDown = true;
  const { onExposure, flush } = createExposures({
    send: async (exposures) => {
      if (isDown) throw new Error("down");
      sent.push(exposures);
    },
    after: () => {},
  });
  onExposure("chat", on);
  await flush();
  onExposure("sync", on);
  isDown = false;
  await flush();
  await flush();
  expect(sent).toEqual([
    [
      { key: "chat", enabled: true },
      { key: "sync", enabled: true },
    ],
  ]);
});
