import { AllProviderEvents, type Logger } from "@openfeature/core";
import { expect, it } from "vitest";
import { createEvents } from "./events.ts";

it("tells every handler, though one throws and one rejects, and logs both", async () => {
  const { emitter, report } = createEvents("beq");
  const heard: unknown[] = [];
  const faults: unknown[] = [];
  emitter.setLogger(logger(faults));
  emitter.addHandler(AllProviderEvents.Stale, () => {
    throw new Error("threw");
  });
  emitter.addHandler(AllProviderEvents.Stale, () => Promise.reject(new Error("rejected")));
  emitter.addHandler(AllProviderEvents.Stale, (details) => heard.push(details));

  report({ name: "PROVIDER_STALE", message: "down" });
  await Promise.resolve();
  expect(heard).toEqual([{ providerName: "beq", message: "down" }]);
  expect(faults).toEqual([new Error("threw"), new Error("rejected")]);
});

it("lets go of a handler once for each time it was added, or of all", () => {
  const { emitter, report } = createEvents("beq");
  let heard = 0;
  const count = () => void heard++;
  emitter.addHandler(AllProviderEvents.Ready, count);
  emitter.addHandler(AllProviderEvents.Ready, count);
  emitter.removeHandler(AllProviderEvents.Ready, count);
  report({ name: "PROVIDER_READY" });
  expect(heard).toBe(1);
  expect(emitter.getHandlers(AllProviderEvents.Ready)).toEqual([count]);

  emitter.removeHandler(AllProviderEvents.Ready, () => {});
  emitter.removeAllHandlers(AllProviderEvents.Stale);
  report({ name: "PROVIDER_READY" });
  expect(heard).toBe(2);

  emitter.removeAllHandlers();
  report({ name: "PROVIDER_READY" });
  expect(heard).toBe(2);
});

function logger(faults: unknown[]): Logger {
  const ignore = () => {};
  return { error: (_message, fault) => void faults.push(fault), warn: ignore, info: ignore, debug: ignore };
}
