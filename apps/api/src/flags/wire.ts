import type { Difference, Flag, FlagSet, Segment } from "@beq/flags";
import { z } from "zod";

/** A flag or a segment as its editor knows it. The shape is checked with the whole set that it would belong to. */
const Document = z.custom<Flag | Segment>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "Input should be a flag or a segment",
);

/** Text that the database can hold: no NUL, no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && !/\p{Cs}/u.test(text);
}

export const Text = z.string().refine(isStorable, "Input should be well-formed text");

/** A flag's key or a segment's name. */
export const Key = Text.min(1).max(200);

export const Kind = z.enum(["flag", "segment"]);
export type Kind = z.infer<typeof Kind>;

/** One item's wish. `value: null` removes what was saved; a flag that code declares returns to its environment value. */
export const Edit = z.object({
  kind: Kind,
  key: Key,
  /** The item's version that the edit starts from; 0 where nothing is saved. */
  base: z.number().int().min(0),
  value: Document.nullable(),
});
export type Edit = z.infer<typeof Edit>;

/** Enough to bring a whole set in at once. */
export const Edits = z.array(Edit).max(7_000);

/** What is saved together: all of it, or nothing. */
export const Change = z.object({
  edits: Edits.min(1),
  comment: Text.max(500).default(""),
});
export type Change = z.infer<typeof Change>;

/** What made a change. */
export const Origin = z.enum(["ui", "api", "import", "schedule", "undo", "request"]);
export type Origin = z.infer<typeof Origin>;

/** Who made a change: a person, a key, or BeQ itself. */
export const Author = z.object({ kind: z.enum(["member", "key", "system"]), id: z.string(), name: z.string() });
export type Author = z.infer<typeof Author>;

/** Which layer answers: what code declares, what the environment says, or what was saved. */
export const Layer = z.enum(["code", "environment", "stored"]);
export type Layer = z.infer<typeof Layer>;

/** An edit that met a newer version: what it started from, what is there now, and how the two edits differ. */
export type Conflict = {
  kind: Kind;
  key: string;
  base: number;
  current: number;
  base_value: Flag | Segment | null;
  current_value: Flag | Segment | null;
  /** From the base to what is there now. */
  theirs: Difference[];
  /** From the base to what was sent. */
  yours: Difference[];
  /** Both sides' changes together, where no field was changed by both. */
  merged: Flag | Segment | null;
  /** The fields that both sides changed. */
  conflicts: (string | number)[][];
};

/** One committed version of the set. */
export type Committed = {
  version: number;
  /** ISO 8601, UTC. */
  at: string;
  origin: Origin;
  author: Author;
  comment: string;
  undoes: number | null;
  edits: {
    kind: Kind;
    key: string;
    before: Flag | Segment | null;
    after: Flag | Segment | null;
    before_version: number;
  }[];
};

/** Everything that was saved, and each item's version. */
export type Stored = {
  version: number;
  flags: FlagSet["flags"];
  segments: FlagSet["segments"];
  versions: { readonly [K in Kind]: Readonly<Record<string, number>> };
};
