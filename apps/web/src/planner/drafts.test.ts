import { Preferences, Task } from "@beq/scheduler/contract";
import { expect, it } from "vitest";
import { defaults } from "./defaults.ts";
import type { Action } from "./draft.ts";
import { createDrafts } from "./drafts.ts";
import { freshTask } from "./fresh.ts";
import type { Shelf } from "./kept.ts";

const put: Action = {
  kind: "put",
  entries: [
    {
      task: { ...freshTask(60), id: "a", title: "Write" },
    },
  ],
};

it("finds on the next visit what was typed on the last", () => {
  const { shelf } = memory();
  drafts(shelf).commit("Add", put);
  expect(drafts(shelf).get().draft.tasks).toMatchObject([{ id: "a", title: "Write" }]);
});

it.each(["", "{", "[]", '{"tasks":[{}]}', "null"])("starts empty where %j was kept", (text) => {
  const { shelf, kept } = memory();
  kept.set("draft.1", text);
  expect(drafts(shelf).get().draft).toMatchObject({ tasks: [], preferences: { timezone: "Europe/Berlin" } });
});

it("goes on with what another tab typed, and does not write over it", () => {
  const { shelf } = memory();
  const [one, two] = [drafts(shelf), drafts(shelf)];
  two.commit("Add", put);
  one.reread();
  one.commit("Days", { kind: "set", setting: { planning_horizon_days: 3 } });
  two.reread();
  expect(two.get().draft).toMatchObject({ planning_horizon_days: 3, tasks: [{ id: "a" }] });
  expect(two.get().undo).toEqual([]);
});

it("keeps the steps to undo where another tab kept nothing else", () => {
  const store = drafts(memory().shelf);
  store.commit("Add", put);
  store.reread();
  store.undo();
  expect(store.get().draft.tasks).toEqual([]);
});

it("says once that the device is full, and goes on", () => {
  let full = 0;
  const store = createDrafts({ read: () => null, write: () => false }, "UTC", () => (full += 1));
  store.commit("Add", put);
  store.commit("Days", { kind: "set", setting: { planning_horizon_days: 3 } });
  expect(full).toBe(1);
  expect(store.get().draft).toMatchObject({ planning_horizon_days: 3, tasks: [{ id: "a" }] });
});

it("takes the last change back as undo does: the one before is next, and redo has it again", () => {
  const store = drafts(memory().shelf);
  store.commit("Add", put);
  const back = store.commit("Days", { kind: "set", setting: { planning_horizon_days: 3 } });
  back();
  expect(store.get()).toMatchObject({ draft: { planning_horizon_days: 7 }, undo: [{ label: "Add" }] });
  store.redo();
  expect(store.get().draft.planning_horizon_days).toBe(3);
});

it("takes one change back without those made after it", () => {
  const store = drafts(memory().shelf);
  const back = store.commit("Days", { kind: "set", setting: { planning_horizon_days: 3 } });
  store.commit("Add", put);
  back();
  expect(store.get().draft).toMatchObject({ planning_horizon_days: 7, tasks: [{ id: "a" }] });
  store.undo();
  expect(store.get().draft.planning_horizon_days).toBe(3);
});

it("starts with the contract's preferences", () => expect(defaults).toEqual(Preferences.parse({})));

it("starts tasks with the contract's defaults", () => {
  const given = { id: "a", title: "A", estimated_duration_minutes: 60 };
  expect({ ...freshTask(60), ...given }).toEqual(Task.parse(given));
});

function drafts(shelf: Shelf) {
  return createDrafts(shelf, "Europe/Berlin", () => undefined);
}

function memory() {
  const kept = new Map<string, string>();
  const shelf: Shelf = {
    read: (key) => kept.get(key) ?? null,
    write: (key, value) => Boolean(value !== null && kept.set(key, value)),
  };
  return { kept, shelf };
}
