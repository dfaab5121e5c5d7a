import { expect, it } from "vitest";
import { createRounds } from "./rounds.ts";

it("makes one round at a time, and one more for all who woke it meanwhile", async () => {
  const gates: (() => void)[] = [];
  const rounds = create(() => new Promise((resolve) => gates.push(() => resolve(Infinity))));
  const first = rounds.wake();
  const meanwhile = [rounds.wake(), rounds.wake(), rounds.wake()];
  expect(gates).toHaveLength(1);
  gates[0]?.();
  await first;
  await Promise.resolve();
  expect(gates).toHaveLength(2);
  gates[1]?.();
  await Promise.all(meanwhile);
  expect(gates).toHaveLength(2);
  await rounds.close();
});

it("makes the next round by itself when something is due", async () => {
  let made = 0;
  let rounds = create(async () => Infinity);
  await new Promise<void>((resolve) => {
    rounds = create(async () => {
      made += 1;
      if (made === 3) resolve();
      return made < 3 ? 1 : Infinity;
    });
    void rounds.wake();
  });
  await rounds.close();
  expect(made).toBe(3);
});

it("says what went wrong, and goes on", async () => {
  const lines: string[] = [];
  let made = 0;
  const rounds = createRounds({
    name: "Something",
    atMost: 60_000,
    logger: { error: (message) => void lines.push(message) },
    round: async () => {
      made += 1;
      if (made === 1) throw new Error("once");
      return Infinity;
    },
  });
  await rounds.wake();
  await rounds.wake();
  expect([made, lines]).toEqual([2, ["Something will be tried again"]]);
  await rounds.close();
});

it("waits for its round when it is closed, and makes none after", async () => {
  let made = 0;
  let finish = () => {};
  const rounds = create(async () => {
    made += 1;
    await new Promise<void>((resolve) => (finish = resolve));
    return 0;
  });
  void rounds.wake();
  const late = rounds.wake();
  let closed = false;
  const closing = rounds.close().then(() => (closed = true));
  await Promise.resolve();
  expect(closed).toBe(false);
  finish();
  await Promise.all([closing, late, rounds.wake()]);
  expect(made).toBe(1);
});

function create(round: () => Promise<number>) {
  return createRounds({ name: "Test", atMost: 60_000, logger: { error: () => {} }, round });
}
