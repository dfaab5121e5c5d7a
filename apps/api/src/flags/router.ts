import { tracked } from "@trpc/server";
import { z } from "zod";
import { Failure } from "../failure.ts";
import { viewer } from "../procedure.ts";
import { router } from "../trpc.ts";
import { changed } from "./changed.ts";
import { pastOf } from "./past.ts";
import {
  Exported,
  FlagList,
  FlagView,
  History,
  HistoryInput,
  HistoryItem,
  RecentContexts,
  SegmentView,
  Version,
} from "./schema.ts";
import { shownAttributes } from "./shown.ts";
import { exported } from "./transfer.ts";
import { flagView, listView, segmentView } from "./view.ts";
import { Key } from "./wire.ts";

const tag = "Flags";
const get = "get" as const;

const meta = (path: `/${string}`, summary: string) => ({ http: { method: get, path, summary, tag } });

// From a query string, where a list is one text.
const Keys = z.union([z.array(Key).max(5_000), Key.transform((text) => text.split(","))]);

/** What is managed, to read. */
export const flagsRouter = router({
  list: viewer
    .meta(meta("/api/v1/flags", "All flags and segments, a line each"))
    .output(FlagList)
    .query(({ ctx }) => listView(ctx)),

  segment: viewer
    .meta(meta("/api/v1/flags/segments/{name}", "One segment"))
    .input(z.object({ name: Key }))
    .output(SegmentView)
    .query(({ ctx, input }) => segmentView(ctx, input.name)),

  history: viewer
    .meta(meta("/api/v1/flags/history", "Who changed what, the newest first"))
    .input(HistoryInput)
    .output(History)
    .query(async ({ ctx: { manager }, input }) => {
      const changes = await manager.history(input);
      const { environment: ground } = manager.layered();
      const undone = await manager.undoing(changes.map(({ version }) => version));
      const items = changes.map((change) => pastOf(change, { undoneBy: undone.get(change.version) ?? null, ground }));
      const before = changes.at(-1)?.version;
      const older = before === undefined ? [] : await manager.history({ ...input, before, limit: 1 });
      return { items, next: older.length > 0 ? (before ?? null) : null };
    }),

  change: viewer
    .meta(meta("/api/v1/flags/changes/{version}", "One change"))
    .input(z.object({ version: Version }))
    .output(HistoryItem)
    .query(async ({ ctx: { manager }, input: { version } }) => {
      const change = await manager.change(version);
      if (!change) throw new Failure("missing", `There is no version ${version}`);
      const undone = await manager.undoing([version]);
      return pastOf(change, { undoneBy: undone.get(version) ?? null, ground: manager.layered().environment });
    }),

  recent: viewer
    .meta(meta("/api/v1/flags/recent", "A sample of the contexts that asked in the last hour, without their ids"))
    .output(RecentContexts)
    .query(({ ctx: { recent } }) => ({
      contexts: recent.all().map(({ id, context, seenAt }) => ({
        id,
        seen_at: new Date(seenAt).toISOString(),
        attributes: shownAttributes(context),
      })),
    })),

  export: viewer
    .meta(meta("/api/v1/flags/export", "The flags as a document, all or some with what they need"))
    .input(z.object({ format: z.enum(["beq", "flagd"]).default("beq"), keys: Keys.optional() }))
    .output(Exported)
    .query(({ ctx, input: { format, keys } }) => exported(ctx.manager.layered().set, format, keys)),

  /** The version in force, then every change, as it comes into force here. */
  onChange: viewer
    .meta({ live: true })
    .input(z.object({ lastEventId: z.string().max(100).nullish() }).nullish())
    .subscription(async function* ({ ctx, signal }) {
      const until = signal ? AbortSignal.any([signal, ctx.stopping]) : ctx.stopping;
      for await (const message of changed(ctx, until)) yield tracked(String(message.version), message);
    }),
});

/** Mounted last: its path would hide the others. */
export const flagRouter = router({
  get: viewer
    .meta(meta("/api/v1/flags/{key}", "One flag, its layers, and what depends on it"))
    .input(z.object({ key: Key }))
    .output(FlagView)
    .query(({ ctx, input }) => flagView(ctx, input.key)),
});
