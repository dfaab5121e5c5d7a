import { type EvaluationContext, trace } from "@beq/flags";
import { isUnreadable } from "@beq/flags/exchange";
import { foreign } from "@beq/flags/foreign";
import { re2 } from "@beq/flags/pattern";
import { z } from "zod";
import { authorOf, hasRole, type Managing } from "../access/actor.ts";
import { Failure } from "../failure.ts";
import { Proposed } from "../plans/schema.ts";
import { editor, viewer } from "../procedure.ts";
import { router } from "../trpc.ts";
import { preview } from "./preview.ts";
import { invalid } from "./refuse.ts";
import { Arrival, ImportFormat, Preview, Tracing, Version } from "./schema.ts";
import { withoutId } from "./shown.ts";
import { arrivals, imported } from "./transfer.ts";
import { undoing } from "./undo.ts";
import { Change, Edits, Key, type Origin } from "./wire.ts";

const tag = "Flags";
const post = "post" as const;

const meta = (path: `/${string}`, summary: string) => ({ http: { method: post, path, summary, tag, roomy: true } });

const engines = { patterns: re2, foreign };

/** What changes flags, or shows what a change would do. */
export const editsRouter = router({
  save: editor
    .meta(meta("/api/v1/flags/changes", "Change flags and segments: all of it, or nothing"))
    .input(Change.extend({ origin: z.literal("import").optional() }))
    .output(Proposed)
    .mutation(({ ctx, input: { origin, ...change } }) =>
      ctx.plans.propose(change, { author: authorOf(ctx.actor), origin: origin ?? originOf(ctx.actor) }),
    ),

  undo: editor
    .meta(meta("/api/v1/flags/undo/{version}", "Take one change back, and keep what was changed since"))
    .input(z.object({ version: Version, comment: Change.shape.comment }))
    .output(Proposed)
    .mutation(async ({ ctx, input: { version, comment } }) => {
      await ctx.manager.catchUp();
      const change = await ctx.manager.change(version);
      if (!change) throw new Failure("missing", `There is no version ${version}`);

      const edits = undoing(change, ctx.manager.state());
      return ctx.plans.propose({ edits, comment }, { author: authorOf(ctx.actor), origin: "undo", undoes: version });
    }),

  // Rules that ask for ids would find out who is behind a hash: only who manages flags may look through them.
  preview: editor
    .meta(meta("/api/v1/flags/preview", "Whom a change would move, among those who asked in the last hour"))
    .input(z.object({ edits: Edits }))
    .output(Preview)
    .mutation(({ ctx, input }) => preview(ctx, input.edits, engines)),

  trace: viewer
    .meta(meta("/api/v1/flags/trace", "Why a flag answers what it does, for a context or one that asked before"))
    .input(
      z.object({
        key: Key,
        context: z.record(z.string(), z.unknown()).optional(),
        recent: z.string().max(8).optional().meta({ description: "The hash of a context that asked before" }),
        edits: Edits.default([]).meta({ description: "Answers as if these were saved" }),
      }),
    )
    .output(Tracing)
    .mutation(({ ctx: { actor, manager, recent }, input }) => {
      if (input.edits.length > 0 && !hasRole(actor, "editor"))
        throw new Failure("forbidden", "Looking through edits asks for an editor");
      const { problems, next } = input.edits.length > 0 ? manager.check(input.edits) : { problems: [], next: null };
      if (problems.length > 0) throw invalid(problems);
      const set = next ?? manager.layered().set;
      if (!Object.hasOwn(set.flags, input.key)) throw new Failure("missing", `There is no flag '${input.key}'`);
      if (input.recent === undefined) return trace(set, input.key, contextOf(input.context), engines);

      const seen = recent.find(input.recent);
      if (!seen) throw new Failure("missing", "Nobody with that hash has asked in the last hour");
      return withoutId(trace(set, input.key, seen.context, engines), seen);
    }),

  previewImport: viewer
    .meta(meta("/api/v1/flags/import/preview", "What a document of this or another system would bring"))
    .input(z.object({ format: ImportFormat, document: z.unknown() }))
    .output(Arrival)
    .mutation(({ ctx: { manager }, input }) => {
      const { flagSet, report } = imported(input.format, input.document, re2);
      const found = isUnreadable(report) ? [] : arrivals(flagSet, manager);
      const edits = found.map(({ edit }) => edit);
      const { problems } = edits.length > 0 ? manager.check(edits) : { problems: [] };
      return { report, edits, items: found.map(({ item }) => item), problems };
    }),
});

function originOf(actor: Managing): Origin {
  return actor.kind === "member" ? "ui" : "api";
}

/** What a person typed; whether its key is a text is for the evaluation to say. */
function contextOf(typed: Record<string, unknown> | undefined): EvaluationContext {
  const { targetingKey, ...attributes } = typed ?? {};
  return typeof targetingKey === "string" ? { ...attributes, targetingKey } : attributes;
}
