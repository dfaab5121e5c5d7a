import type { IncomingHttpHeaders } from "node:http";
import type { EvaluationContext, features, Flags, Resolution } from "@beq/flags";
import type { Telemetry } from "@beq/telemetry";
import type { Actor } from "../../access/actor.ts";
import type { Forced } from "../../features/override.ts";
import { hasTag } from "../definitions.ts";
import type { Plain, Visit } from "../plain.ts";
import { answerOf, createAnswers } from "./answers.ts";
import { shared } from "./cors.ts";
import { OfrepFailure } from "./failure.ts";
import type { Revisions } from "./revision.ts";

/** A question that may be answered. */
export type Asked = {
  visit: Visit;
  actor: Actor;
  context: EvaluationContext;
  /** The credential vouches for the id in the context. */
  vouched: boolean;
  refused: (error: unknown) => void;
};

export type Evaluate = {
  /** Answers all flags; a look, which is nobody's exposure. */
  all(asked: Asked, query: URLSearchParams): void;
  /** Answers one flag, which counts as its use. */
  one(asked: Asked, key: string): void;
};

export type EvaluateDeps = {
  plain: Plain;
  flags: Flags<typeof features>;
  revisions: Revisions;
  telemetry: Pick<Telemetry, "record">;
  forcing: (headers: IncomingHttpHeaders) => Forced | undefined;
  /** Remembers a context for previews. */
  note: (context: EvaluationContext) => void;
  /** The member `eventStreams` for an actor, as JSON. */
  eventStreams: (actor: Actor) => string;
  isFeature: (key: string) => boolean;
};

type Source = Pick<Flags<typeof features>, "keys" | "peekAll" | "lookup">;

const json = ["Content-Type", "application/json; charset=utf-8", ...shared, "Cache-Control", "private, no-cache"];

export function createEvaluate(deps: EvaluateDeps): Evaluate {
  const { plain, flags, revisions, telemetry, eventStreams } = deps;
  const answers = createAnswers();

  /** The flags as they answer to this request; with a tester's token, once that is verified. */
  const withFlags = ({ visit, context, refused }: Asked, then: (source: Source) => void) => {
    const forced = deps.forcing(visit.request.headers);
    if (!forced) return then(flags);
    const chosen = forced(context.targetingKey).then((variants) => (variants ? flags.forced(variants) : flags));
    chosen.then(then).catch(refused);
  };

  const recorded = ({ visit, context, vouched }: Asked, operation: string, outcome: "success" | "checked") => {
    const seconds = (performance.now() - visit.startedAt) / 1000;
    const who = context.targetingKey ? { user_id: context.targetingKey.slice(0, 200), vouched } : {};
    telemetry.record({ operation, outcome, quiet: true, seconds, ...who });
  };

  const answerAll = (asked: Asked, source: Source) => {
    const { visit, actor, context } = asked;
    const streams = eventStreams(actor);
    const { flags: list, etag } = answers.all(source, context, streams);
    recorded(asked, "flags.evaluate", "success");
    if (hasTag(visit.request.headers["if-none-match"], etag))
      return plain.answer(visit, 304, ["ETag", etag, ...shared, "Cache-Control", "private, no-cache"]);
    plain.answer(visit, 200, [...json, "ETag", etag], `{"flags":${list},"eventStreams":${streams}}`);
  };

  return {
    all(asked, query) {
      deps.note(asked.context);
      const expected = { etag: query.get("flagConfigEtag"), lastModified: query.get("flagConfigLastModified") };
      revisions.reached(expected, (isFresh) => {
        const { refused } = asked;
        if (!isFresh) return refused(new OfrepFailure(503, "GENERAL", "The change has not arrived here yet", 1));
        withFlags(asked, (source) => attempt(refused, () => answerAll(asked, source)));
      });
    },
    one(asked, key) {
      deps.note(asked.context);
      withFlags(asked, (source) =>
        attempt(asked.refused, () => {
          const resolution = source.lookup(key, asked.context);
          recorded(asked, `feature_check_${deps.isFeature(key) ? key : "unknown"}`, "checked");
          const { status, body } = replyOf(key, resolution);
          plain.answer(asked.visit, status, json, body);
        }),
      );
    },
  };
}

function replyOf(key: string, resolution: Resolution): { status: number; body: string } {
  if (resolution.reason !== "ERROR") return { status: 200, body: JSON.stringify(answerOf(key, resolution)) };
  if (resolution.errorCode !== "FLAG_NOT_FOUND")
    return { status: 400, body: JSON.stringify(answerOf(key, resolution)) };
  const errorDetails = `Flag '${key}' was not found`;
  return { status: 404, body: JSON.stringify({ key, errorCode: resolution.errorCode, errorDetails }) };
}

function attempt(refused: (error: unknown) => void, work: () => void): void {
  try {
    work();
  } catch (error) {
    refused(error);
  }
}
