import type { Difference } from "@beq/flags";
import { z } from "zod";
import { Author, Change, type Conflict, Edit, Key, Kind, Origin } from "../flags/wire.ts";

/** What a plan keeps of its change: also what each item was when it was planned, and what it would undo. */
export const Planned = z.object({
  edits: z.array(Edit.extend({ before: Edit.shape.value })),
  comment: z.string(),
  origin: Origin,
  undoes: z.number().nullable(),
  /** Who made the key that asks: that person asks, too. */
  behind: z.string().nullable().default(null),
});
export type Planned = z.infer<typeof Planned>;

export const PlanKind = z.enum(["request", "schedule"]);
export type PlanKind = z.infer<typeof PlanKind>;

export const PlanState = z.enum(["open", "applied", "rejected", "withdrawn", "failed"]);
export type PlanState = z.infer<typeof PlanState>;

/** What came of a plan. */
export const Outcome = z.object({
  /** How much later than planned it ran, where that is more than a minute: no process was running. */
  late_seconds: z.number().nullable().default(null),
  /** Why it failed. */
  reason: z.string().nullable().default(null),
  /** What whoever decided had to say. */
  comment: z.string().nullable().default(null),
  conflicts: z.array(z.custom<Conflict>()).default([]),
  problems: z.array(z.unknown()).default([]),
});
export type Outcome = z.infer<typeof Outcome>;

/** A change that waits for a second person, or for its hour; or what became of it. */
export const Plan = z.object({
  id: z.string(),
  kind: PlanKind,
  state: PlanState,
  origin: Origin,
  author: Author,
  comment: z.string(),
  created_at: z.string(),
  edits: z.array(
    z.object({
      kind: Kind,
      key: z.string(),
      base: z.number(),
      created: z.boolean(),
      removed: z.boolean(),
      differences: z.array(z.custom<Difference>()),
    }),
  ),
  /** When it is to run; null for what runs once it is approved. */
  local_time: z.string().nullable(),
  zone: z.string().nullable(),
  due_at: z.string().nullable(),
  decided_by: Author.nullable(),
  decided_at: z.string().nullable(),
  /** The version of the flags that it became. */
  version: z.number().nullable(),
  outcome: Outcome.nullable(),
  /**
   * How an open plan stands to what is in force: as it was planned, changed since in ways that can be merged, or in
   * conflict. Null for others.
   */
  standing: z.enum(["current", "merges", "conflicts"]).nullable(),
  conflicts: z.array(z.custom<Conflict>()),
});
export type Plan = z.infer<typeof Plan>;

export const PlanFilter = z.object({
  state: z.enum(["open", "decided", "all"]).default("all"),
  /** A flag's key, for the plans that would change it. */
  key: Key.optional(),
  limit: z.number().int().min(1).max(200).default(100),
});
export type PlanFilter = z.infer<typeof PlanFilter>;

/** What came of a wish to change flags. */
export const Proposed = z.discriminatedUnion("state", [
  z.object({ state: z.literal("applied"), version: z.number(), at: z.string() }),
  z.object({ state: z.literal("requested"), id: z.string() }),
]);
export type Proposed = z.infer<typeof Proposed>;

export const Schedule = Change.extend({
  /** What clocks in the zone show, such as `2030-03-25T09:00`. */
  local_time: z.string().max(30),
  /** An IANA zone, such as `Europe/Berlin`. */
  zone: z.string().max(100),
});
export type Schedule = z.infer<typeof Schedule>;

export const Scheduled = z.object({
  state: z.enum(["planned", "requested"]),
  id: z.string(),
  local_time: z.string(),
  zone: z.string(),
  due_at: z.string(),
  /** What to know of a time that clocks skip or show twice. */
  note: z.string().nullable(),
});
export type Scheduled = z.infer<typeof Scheduled>;

export const Approved = z.discriminatedUnion("state", [
  z.object({ state: z.literal("applied"), version: z.number(), at: z.string() }),
  z.object({ state: z.literal("planned"), due_at: z.string() }),
]);
export type Approved = z.infer<typeof Approved>;

/** Whether a second person has to approve, and the last times that this was decided, newest first. */
export const FourEyes = z.object({
  on: z.boolean(),
  changes: z.array(z.object({ on: z.boolean(), author: Author, at: z.string() })),
});
export type FourEyes = z.infer<typeof FourEyes>;
