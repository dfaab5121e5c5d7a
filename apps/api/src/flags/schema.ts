import type { Difference, Flag, FlagSet, Problem, Segment, Trace } from "@beq/flags";
import type { Report } from "@beq/flags/exchange";
import { z } from "zod";
import { Author, type Conflict, type Edit, Key, Kind, Layer, Origin } from "./wire.ts";

// Documents and what is said about them are checked where they come in; going out they are passed on as they are.
const FlagDocument = z.custom<Flag>();
const Differences = z.array(z.custom<Difference>());
const Problems = z.array(z.custom<Problem>());

/** Why a flag looks as if it had done its work. */
const Stale = z.enum(["unchanged", "one_sided", "unseen"]);

/** One flag in a list. */
export const FlagRow = z.object({
  key: z.string(),
  description: z.string(),
  type: z.enum(["boolean", "string", "number", "json"]),
  enabled: z.boolean(),
  owner: z.string(),
  tags: z.array(z.string()),
  lifetime: z.enum(["temporary", "permanent"]),
  version: z.number().meta({ description: "The saved item's version; 0 when nothing is saved" }),
  layer: Layer,
  declared: z.boolean().meta({ description: "The code declares it" }),
  summary: z.string(),
  changed_at: z.string().nullable(),
  changed_by: z.string().nullable(),
  last_evaluated_at: z.string().nullable(),
  answers: z.array(z.object({ variant: z.string(), count: z.number() })).meta({ description: "Of the last 30 days" }),
  stale: Stale.nullable(),
  planned: z.number(),
  requested: z.number(),
});
export type FlagRow = z.infer<typeof FlagRow>;

export const SegmentRow = z.object({
  name: z.string(),
  description: z.string(),
  kind: z.enum(["condition", "list"]),
  size: z.number().meta({ description: "How many ids a list has; 0 for a condition" }),
  version: z.number(),
  used_by: z.array(z.string()).meta({ description: "Flags that name it, be it through other segments" }),
});
export type SegmentRow = z.infer<typeof SegmentRow>;

export const FlagList = z.object({
  version: z.number(),
  readonly: z.boolean(),
  four_eyes: z.boolean(),
  flags: z.array(FlagRow),
  segments: z.array(SegmentRow),
  /** Saved items that are not in force because they are not sound. */
  broken: z.array(z.object({ kind: Kind, key: z.string(), problems: z.array(z.string()) })),
});
export type FlagList = z.infer<typeof FlagList>;

export const FlagView = z.object({
  key: z.string(),
  flag: FlagDocument,
  version: z.number(),
  layer: Layer,
  layers: z.object({
    code: FlagDocument.nullable(),
    environment: FlagDocument.nullable(),
    stored: FlagDocument.nullable(),
  }),
  variables: z.array(z.object({ name: z.string(), value: z.string() })),
  declared: z.boolean(),
  required_by: z.array(z.string()),
  segments: z.array(z.string()),
  row: FlagRow,
});

export const SegmentView = z.object({
  name: z.string(),
  segment: z.custom<Segment>(),
  version: z.number(),
  row: SegmentRow,
});

export const HistoryInput = z.object({
  kind: Kind.optional(),
  key: Key.optional(),
  before: z.int().min(1).optional().meta({ description: "Only versions below this one" }),
  limit: z.int().min(1).max(100).default(50),
});

export const HistoryItem = z.object({
  version: z.number(),
  at: z.string(),
  origin: Origin,
  author: Author,
  comment: z.string(),
  undoes: z.number().nullable(),
  undone_by: z.number().nullable(),
  edits: z.array(
    z.object({ kind: Kind, key: z.string(), created: z.boolean(), removed: z.boolean(), differences: Differences }),
  ),
});
export type HistoryItem = z.infer<typeof HistoryItem>;

export const History = z.object({ items: z.array(HistoryItem), next: z.number().nullable() });

const Landing = z.object({
  variant: z.string().nullable(),
  rule: z.string().nullable(),
  reason: z.enum(["STATIC", "TARGETING_MATCH", "SPLIT", "DEFAULT", "DISABLED", "ERROR"]),
});

/** Whom a change would move, among the contexts that were seen in the last hour. */
export const Preview = z.object({
  problems: Problems,
  conflicts: z.array(z.custom<Conflict>()),
  contexts: z.number(),
  flags: z.array(
    z.object({
      key: z.string(),
      unchanged: z.number(),
      moved: z.array(
        z.object({
          from: Landing,
          to: Landing,
          flips: z.boolean().meta({ description: "Another value, not only another rule or reason" }),
          count: z.number(),
          examples: z.array(z.string()).meta({ description: "Hashes of at most 5 of them" }),
        }),
      ),
    }),
  ),
  omitted: z.number().meta({ description: "Changed flags that are not listed, beyond the first 200" }),
});
export type Preview = z.infer<typeof Preview>;

export const Tracing = z.custom<Trace>();

export const RecentContexts = z.object({
  contexts: z.array(
    z.object({
      id: z.string(),
      seen_at: z.string(),
      attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    }),
  ),
});

/** A path parameter of REST, which is text, or the number itself. */
export const Version = z.union([
  z.int().min(1),
  z
    .string()
    .regex(/^[1-9]\d{0,14}$/, "Input should be a version")
    .transform(Number),
]);

export const ImportFormat = z.enum(["beq", "flagd", "unleash", "growthbook", "launchdarkly", "flagsmith"]);
export type ImportFormat = z.infer<typeof ImportFormat>;

export const Exported = z.object({
  format: z.enum(["beq", "flagd"]),
  document: z.custom<FlagSet | Readonly<Record<string, unknown>>>(),
  report: z.custom<Report>(),
});

/** What an import would bring: the edits to save, how each differs from what is in force, and what is wrong with them. */
export const Arrival = z.object({
  report: z.custom<Report>(),
  edits: z.array(z.custom<Edit>()),
  items: z.array(z.object({ kind: Kind, key: z.string(), created: z.boolean(), differences: Differences })),
  problems: Problems,
});

/** What changed since the last message; the first message of a stream tells the version alone. */
export const Changed = z.object({
  version: z.number(),
  changes: z.array(
    z.object({
      version: z.number(),
      at: z.string(),
      author: Author,
      origin: Origin,
      comment: z.string(),
      edits: z.array(z.object({ kind: Kind, key: z.string() })),
    }),
  ),
});
