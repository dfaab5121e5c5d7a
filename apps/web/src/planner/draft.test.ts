import { Preferences, type Task } from "@beq/scheduler/contract";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { type Action, apply, emptyDraft, inverse } from "./draft.ts";
import { freshTask } from "./fresh.ts";
import { commit, redo, startHistory, undo } from "./history.ts";

const seed = 42;

it("takes a removed task out of the dependencies of others, and undo puts both back", () => {
  const before = apply(empty(), { kind: "put", entries: [{ task: task("a") }, { task: task("b", ["a"]) }] });
  const removal: Action = { kind: "drop", ids: ["a"], unlink: true };
  const after = apply(before, removal);
  expect(after.tasks).toEqual([task("b")]);
  expect(apply(after, inverse(before, removal))).toEqual(before);
});

it("takes the pause after a removed task away with it, and undo puts it back", () => {
  const waiting = { ...task("b", ["a", "c"]), dependency_lags: { a: 30, c: 60 } };
  const before = apply(empty(), {
    kind: "put",
    entries: [{ task: task("a") }, { task: waiting }, { task: task("c") }],
  });
  const removal: Action = { kind: "drop", ids: ["a"], unlink: true };
  const after = apply(before, removal);
  expect(after.tasks[0]).toMatchObject({ dependencies: ["c"], dependency_lags: { c: 60 } });
  expect(apply(after, inverse(before, removal))).toEqual(before);
});

it("keeps what was done since, when a removal is undone late", () => {
  const before = apply(empty(), { kind: "put", entries: [{ task: task("a") }, { task: task("b") }] });
  const removal: Action = { kind: "drop", ids: ["a"], unlink: true };
  const later = apply(apply(before, removal), { kind: "edit", id: "b", patch: { title: "Changed" } });
  expect(apply(later, inverse(before, removal)).tasks).toEqual([task("a"), { ...task("b"), title: "Changed" }]);
});

it("replaces a task that comes again instead of doubling it", () => {
  const before = apply(empty(), { kind: "put", entries: [{ task: task("a") }, { task: task("b") }] });
  const after = apply(before, { kind: "put", entries: [{ task: { ...task("a"), title: "New" } }] });
  expect(after.tasks.map(({ title }) => title)).toEqual(["New", "b"]);
});

it(`undoes every action exactly (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.array(anAction(), { maxLength: 12 }), (actions) => {
      let draft = empty();
      for (const action of actions) {
        const after = apply(draft, action);
        expect(apply(after, inverse(draft, action))).toEqual(draft);
        draft = after;
      }
    }),
    { seed },
  );
});

it(`walks back to the start and forward to the end again (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.array(anAction(), { maxLength: 12 }), (actions) => {
      const start = startHistory(empty());
      const end = actions.reduce((history, action) => commit(history, "step", action), start);
      const back = actions.reduce(undo, end);
      expect(back.draft).toEqual(start.draft);
      expect(actions.reduce(redo, back).draft).toEqual(end.draft);
    }),
    { seed },
  );
});

function anAction(): fc.Arbitrary<Action> {
  const id = fc.constantFrom("a", "b", "c", "d");
  const some = fc.uniqueArray(id, { maxLength: 3 });
  const aTask = fc.record({ id, dependencies: some }).map(({ id: own, dependencies }) => task(own, dependencies));
  const simple = fc.oneof(
    fc
      .uniqueArray(aTask, { selector: (one) => one.id, maxLength: 3 })
      .map((tasks): Action => ({ kind: "put", entries: tasks.map((one) => ({ task: one })) })),
    fc.record({ ids: some, unlink: fc.boolean() }).map((parts): Action => ({ kind: "drop", ...parts })),
    fc
      .record({ id, title: fc.string() })
      .map((parts): Action => ({ kind: "edit", id: parts.id, patch: { title: parts.title } })),
    fc.integer({ min: 1, max: 90 }).map((days): Action => ({ kind: "set", setting: { planning_horizon_days: days } })),
  );
  return fc.oneof(
    simple,
    fc.array(simple, { maxLength: 4 }).map((actions): Action => ({ kind: "all", actions })),
  );
}

function empty() {
  return emptyDraft(Preferences.parse({ timezone: "Europe/Berlin" }));
}

function task(id: string, dependencies: string[] = []): Task {
  return { ...freshTask(60), id, title: id, dependencies };
}
