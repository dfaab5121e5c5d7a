import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { build } from "../fixtures/build.mjs";
import { GenerateRequest } from "./contract/index.ts";

const week = GenerateRequest.parse(JSON.parse(read("week.json")));

it("week.json and tasks.csv are what the calendar and the tasks make", () => {
  const made = build();
  expect(made.json).toBe(read("week.json"));
  expect(made.csv).toBe(read("tasks.csv"));
});

it("the week has 25 tasks, some of them bound to deadlines that hold, and dependencies", () => {
  expect(week.tasks).toHaveLength(25);
  expect(week.tasks.filter((task) => task.deadline_is_hard).length).toBeGreaterThanOrEqual(3);
  expect(week.tasks.filter((task) => task.dependencies.length > 0).length).toBeGreaterThanOrEqual(8);
  expect(new Set(week.tasks.map((task) => task.category)).size).toBeGreaterThanOrEqual(4);
});

it("meets New York five hours behind Berlin, and Sunday by summer time", () => {
  expect(starts("product-sync@jana.example")).toEqual(["2030-03-26T15:00:00+01:00", "2030-03-28T15:00:00+01:00"]);
  expect(starts("design-review@jana.example")).toEqual(["2030-03-27T15:00:00+01:00"]);
  expect(starts("call-parents@jana.example")).toEqual(["2030-03-31T17:00:00+02:00"]);
});

it("leaves out the stand-up of the excluded day, and moves the planning", () => {
  expect(starts("standup@jana.example").map((start) => start.slice(8, 10))).toEqual(["25", "26", "28", "29"]);
  expect(starts("planning@jana.example")).toEqual(["2030-03-25T13:30:00+01:00"]);
});

it("takes neither what is transparent nor what is cancelled for busy", () => {
  expect(starts("birthday-mila@jana.example")).toEqual([]);
  expect(starts("yoga@jana.example")).toEqual([]);
  expect(starts("boiler@jana.example")).toEqual(["2030-03-29T14:00:00+01:00"]);
});

function starts(uid: string): string[] {
  return week.existing_events.filter(({ id }) => id.startsWith(`${uid}/`)).map((event) => event.start_time);
}

function read(name: string): string {
  return readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8");
}
