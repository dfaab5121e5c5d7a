import { createHash, timingSafeEqual } from "node:crypto";
import { Failure } from "../failure.ts";

/** What a signed-in person may do with flags; each may what those before it may. */
export const roles = ["viewer", "editor", "admin"] as const;
export type Role = (typeof roles)[number];

/**
 * `stale`: verified before, but the database could not confirm it within the minute. Good for asking which flags are
 * on, for managing no longer.
 */
type Stale = { stale?: boolean };

export type AdminKey = Stale & { kind: "admin_key"; id: string; name: string };

/** A signed-in person. */
export type Member = Stale & {
  kind: "member";
  id: string;
  name: string;
  email: string;
  role: Role;
  /** Id of the session, which is no secret. */
  session: string;
  /** Sits at this machine in open mode: the week of `local` is this person's too. */
  local: boolean;
};

/** Who is asking. `local` is whoever sits at this machine while the server is in open mode. */
export type Actor =
  | { kind: "anonymous" }
  | { kind: "local" }
  | { kind: "client_key"; id: string; name: string }
  | { kind: "server_key"; id: string; name: string }
  | AdminKey
  | Member;

/** Who may manage flags, as far as the role goes. */
export type Managing = Extract<Actor, { kind: "member" | "admin_key" }>;

export const anonymous: Actor = { kind: "anonymous" };

/** Whether the actor may read and change what belongs to `userId`. */
export function mayActFor(actor: Actor, userId: string): boolean {
  switch (actor.kind) {
    case "local":
    case "server_key":
      return true;
    case "member":
      return actor.id === userId || (actor.local && userId === "local");
    case "anonymous":
    case "client_key":
    case "admin_key":
      return false;
  }
}

/** Whether the actor may ask which flags are on for `userId`: results only. A client key is made for just that. */
export function mayAskFor(actor: Actor, userId: string): boolean {
  return actor.kind === "client_key" || mayActFor(actor, userId);
}

/** Whether the actor has that role, or a higher one. An admin key stands for an administrator. */
export function hasRole(actor: Actor, role: Role): actor is Managing {
  if (actor.kind === "admin_key") return true;
  return actor.kind === "member" && roles.indexOf(actor.role) >= roles.indexOf(role);
}

/**
 * The actor as the author of a change.
 * @throws {Failure} `unauthenticated` where there is nobody to name
 */
export function authorOf(actor: Actor): { kind: "member" | "key"; id: string; name: string } {
  switch (actor.kind) {
    case "member":
      return { kind: "member", id: actor.id, name: actor.name };
    case "client_key":
    case "server_key":
    case "admin_key":
      return { kind: "key", id: actor.id, name: actor.name };
    case "anonymous":
    case "local":
      throw new Failure("unauthenticated", "Sign in first");
  }
}

/** Compares in a time that does not depend on where the two differ. */
export function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** The role as it is kept; what is no role of ours may do the least. */
export function roleIn(kept: unknown): Role {
  return roles.find((role) => role === kept) ?? "viewer";
}
