import { expect, it } from "vitest";
import { entranceOf, isAtLeast, type Person } from "./person.ts";

it("lets a member in, and whoever sits at the machine in open mode", () => {
  expect(entranceOf(member, null)).toBe(null);
  expect(entranceOf(local, null)).toBe(null);
});

it("asks nobody in particular to sign in, or to make the first account", () => {
  expect(entranceOf(nobody, null)).toBe("sign_in");
  expect(entranceOf({ ...nobody, setUpNeeded: true }, null)).toBe("set_up");
});

it("keeps the page of a member whose session has ended, in open mode too", () => {
  expect(entranceOf(nobody, member)).toBe("ended");
  expect(entranceOf(local, member)).toBe("ended");
  expect(entranceOf(member, member)).toBe(null);
});

it("lets each role do what those below it may", () => {
  expect((["viewer", "editor", "admin"] as const).map((role) => isAtLeast({ role: "editor" }, role))).toEqual([
    true,
    true,
    false,
  ]);
  expect(isAtLeast(local, "viewer")).toBe(false);
});

const nobody: Person = {
  kind: "anonymous",
  id: null,
  userId: null,
  name: null,
  email: null,
  role: null,
  openMode: false,
  setUpNeeded: false,
  setUpTokenNeeded: false,
};
const local: Person = { ...nobody, kind: "local", userId: "local", openMode: true };
const member: Person = { ...nobody, kind: "member", id: "1", userId: "1", name: "Ada", email: "a@b.c", role: "editor" };
