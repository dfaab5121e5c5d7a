import { type Difference, differences } from "@beq/flags";
import type { Author, Committed, Kind, Origin } from "../flags/wire.ts";

type Edited = {
  kind: Kind;
  key: string;
  created: boolean;
  removed: boolean;
  /** Left out of a message that would be too large with them. */
  differences?: Difference[];
};

/** What a webhook is sent. Receivers tell messages apart by `id`, which is the same at each attempt. */
export type Message =
  | {
      id: string;
      type: "flags.changed";
      version: number;
      at: string;
      author: Author;
      origin: Origin;
      comment: string;
      undoes: number | null;
      edits: Edited[];
    }
  | { id: string; type: "webhook.test"; at: string };

// What the strictest of well-known receivers take.
const mostBytes = 256 * 1024;

/** The body that tells of a change. */
export function changedBody(id: string, { edits, ...change }: Committed): string {
  const bodyOf = (edited: Edited[]) =>
    JSON.stringify({ id, type: "flags.changed", ...change, edits: edited } satisfies Message);
  const whole = bodyOf(edits.map((edit) => ({ ...briefly(edit), differences: differencesOf(edit) })));
  return Buffer.byteLength(whole) <= mostBytes ? whole : bodyOf(edits.map(briefly));
}

function briefly({ kind, key, before, after }: Committed["edits"][number]): Edited {
  return { kind, key, created: before === null, removed: after === null };
}

function differencesOf({ before, after }: Committed["edits"][number]): Difference[] {
  return differences(before ?? undefined, after ?? undefined);
}

/** The body that only says that messages arrive. */
export function testBody(id: string, at: string): string {
  return JSON.stringify({ id, type: "webhook.test", at } satisfies Message);
}
