import { expect, it } from "vitest";
import { createCommands, createMatcher, type Stroke } from "./commands.ts";

it("finds a command by its key, with Control or Command alike", () => {
  const match = matcher();
  expect(match(stroke("n"), 0, true)?.id).toBe("new");
  expect(match(stroke("k", { ctrlKey: true }), 1, true)?.id).toBe("palette");
  expect(match(stroke("k", { metaKey: true }), 2, true)?.id).toBe("palette");
  expect(match(stroke("Enter", { ctrlKey: true }), 3, true)?.id).toBe("plan");
});

it("reads two keys in sequence, but not after a pause", () => {
  const match = matcher();
  expect(match(stroke("g"), 0, true)).toBeUndefined();
  expect(match(stroke("p"), 500, true)?.id).toBe("planner");
  expect(match(stroke("g"), 1_000, true)).toBeUndefined();
  expect(match(stroke("p"), 3_000, true)).toBeUndefined();
});

it("leaves letters alone while somebody types, but not chords", () => {
  const match = matcher();
  expect(match(stroke("n"), 0, false)).toBeUndefined();
  expect(match(stroke("Enter", { ctrlKey: true }), 1, false)?.id).toBe("plan");
});

it("tells the shifted key from the plain one and leaves Alt to the browser", () => {
  const match = matcher();
  expect(match(stroke("Z", { ctrlKey: true, shiftKey: true }), 0, true)?.id).toBe("redo");
  expect(match(stroke("z", { ctrlKey: true }), 1, true)?.id).toBe("undo");
  expect(match(stroke("n", { altKey: true }), 2, true)).toBeUndefined();
});

it("forgets the commands of a part that left the screen", () => {
  const commands = createCommands();
  const leave = commands.register(() => [{ id: "a", title: "A", section: "", run: () => undefined }]);
  leave();
  expect(commands.list()).toEqual([]);
});

function matcher() {
  const keys = { new: "n", palette: "mod+k", plan: "mod+enter", planner: "g p", undo: "mod+z", redo: "mod+shift+z" };
  const commands = createCommands();
  commands.register(() =>
    Object.entries(keys).map(([id, its]) => ({ id, title: id, section: "", keys: its, run: () => undefined })),
  );
  return createMatcher(commands);
}

function stroke(key: string, modifiers: Partial<Stroke> = {}): Stroke {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers };
}
