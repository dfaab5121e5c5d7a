import { expect, it } from "vitest";
import { createTurns } from "./turns.ts";

const patient = new AbortController().signal;

it("gives the turn to one at a time, in the order in which they came", async () => {
  const turns = createTurns(5);
  const order: string[] = [];
  const work = async (name: string) => {
    expect(await turns.take(60_000, patient)).toBe("mine");
    order.push(name);
    turns.giveBack();
  };
  expect(await turns.take(60_000, patient)).toBe("mine");
  const others = ["a", "b", "c"].map(work);
  expect(turns.waiting()).toBe(3);
  expect(order).toEqual([]);

  turns.giveBack();
  await Promise.all(others);
  expect(order).toEqual(["a", "b", "c"]);
  expect(await turns.take(0, patient)).toBe("mine");
});

it("sends away whom there is no room for, who waited too long, and who left", async () => {
  const turns = createTurns(2);
  await turns.take(0, patient);
  const leaving = new AbortController();
  const late = turns.take(1, patient);
  const left = turns.take(60_000, leaving.signal);
  expect(await turns.take(60_000, patient)).toBe("full");
  leaving.abort();
  expect(await left).toBe("left");
  expect(await late).toBe("late");
  expect(await turns.take(60_000, leaving.signal)).toBe("left");
  expect(turns.waiting()).toBe(0);
});
