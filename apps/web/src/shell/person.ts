import { createContext, useContext } from "react";

export type Role = "viewer" | "editor" | "admin";

/** Who is at this page, as the server knows it. */
export type Person = {
  kind: string;
  /** The account's id; null for whoever has none. */
  id: string | null;
  /** Whose week the planner shows; null for nobody. */
  userId: string | null;
  name: string | null;
  email: string | null;
  /** Of a signed-in member; null for everybody else. */
  role: Role | null;
  /** The planner works without an account. */
  openMode: boolean;
  /** There is no account yet: the first one is made here. */
  setUpNeeded: boolean;
  /** It asks for the code in the server's log. */
  setUpTokenNeeded: boolean;
};

const rank = { viewer: 1, editor: 2, admin: 3 } as const satisfies Record<Role, number>;

/** Whether the person is a member with at least this role. */
export function isAtLeast(person: Pick<Person, "role">, role: Role): boolean {
  return person.role !== null && rank[person.role] >= rank[role];
}

/** What the server answers to "who am I". */
type Me = {
  kind: string;
  id: string | null;
  user_id: string | null;
  name: string | null;
  email: string | null;
  role: Role | null;
  open_mode: boolean;
  set_up_needed: boolean;
  set_up_token_needed: boolean;
};

export function personOf(me: Me): Person {
  return {
    kind: me.kind,
    id: me.id,
    userId: me.user_id,
    name: me.name,
    email: me.email,
    role: me.role,
    openMode: me.open_mode,
    setUpNeeded: me.set_up_needed,
    setUpTokenNeeded: me.set_up_token_needed,
  };
}

/** Which entrance stands before the pages, if any. `before` is the member who was here until now. */
export function entranceOf(person: Person, before: Person | null): "set_up" | "sign_in" | "ended" | null {
  if (before !== null && person.role === null) return "ended";
  if (person.userId !== null) return null;
  return person.setUpNeeded ? "set_up" : "sign_in";
}

const Here = createContext<Person | null>(null);

export const PersonProvider = Here.Provider;

export function usePerson(): Person {
  const person = useContext(Here);
  if (person === null) throw new Error("usePerson needs a Session above it");
  return person;
}
