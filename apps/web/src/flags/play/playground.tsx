import type { EvaluationContext, Json } from "@beq/flags";
import { Check as Tick, CircleDot, X } from "lucide-react";
import { useState } from "react";
import { refusalOf, wordsOf } from "../../shell/refusal.ts";
import { trpc } from "../../trpc.ts";
import { Badge } from "../../ui/badge.tsx";
import { Check, SelectField } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { JsonField } from "../edit/json.tsx";
import { useLater } from "../later.ts";
import { useTrace } from "../ask.ts";
import type { Edit } from "../wire.ts";
import { Attributes } from "./attributes.tsx";

const none: readonly Edit[] = [];
const nobody: EvaluationContext = { targetingKey: "user-1" };

/** A flag's answer to somebody, and why, clause by clause. */
export function Playground({ flagKey, edits }: { flagKey: string; edits: Edit[] }) {
  const [context, setContext] = useState<EvaluationContext>(nobody);
  const [picked, setPicked] = useState<string | null>(null);
  const [withDraft, setWithDraft] = useState(true);
  const recent = trpc.flags.recent.useQuery(undefined, { staleTime: 10_000 });
  const asked = useLater(context, 200);
  const who = picked === null ? { context: asked } : { recent: picked };
  const isDraft = withDraft && edits.length > 0;
  const trace = useTrace(flagKey, who, isDraft ? edits : none);
  const seen = recent.data?.contexts ?? [];
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <section aria-label="Who asks" className="flex min-w-0 flex-col gap-3">
        <SelectField
          label="Somebody who asked within the last hour"
          value={picked ?? ""}
          onChange={({ target }) => setPicked(target.value || null)}
        >
          <option value="">nobody: the context below</option>
          {seen.map(({ id, attributes }) => (
            <option key={id} value={id}>
              {id}{" "}
              {Object.entries(attributes)
                .slice(0, 3)
                .map(([name, value]) => `${name} ${String(value)}`)
                .join(", ")}
            </option>
          ))}
        </SelectField>
        {picked === null && (
          <>
            <Attributes context={context} onChange={setContext} />
            <JsonField
              label="The same as JSON"
              rows={5}
              // Contexts that people type are JSON.
              value={context as Json}
              refuse={(json) => (isObject(json) ? null : "A context is an object")}
              onChange={(json) => isObject(json) && setContext(json)}
            />
          </>
        )}
        {edits.length > 0 && (
          <Check
            label="With what is not saved yet"
            checked={withDraft}
            onChange={({ target }) => setWithDraft(target.checked)}
          />
        )}
      </section>
      <section aria-label="Answer" aria-live="polite" className="min-w-0">
        {trace.error && <Notice tone="error" title={wordsOf(refusalOf(trace.error))} />}
        {trace.isPending && <Skeleton className="h-32" />}
        {trace.data && !trace.error && <Answer trace={trace.data} />}
      </section>
    </div>
  );
}

type TraceView = {
  resolution: { value?: unknown; variant?: string | undefined; reason: string };
  steps: readonly Step[];
};
type Step = { depth: number; text: string; met: boolean | null };

function Answer({ trace: { resolution, steps } }: { trace: TraceView }) {
  return (
    <div className="rounded-lg border border-line bg-surface">
      <p className="flex flex-wrap items-baseline gap-x-2 border-b border-line px-3 py-2.5">
        <strong className="text-lg font-semibold">{resolution.variant ?? "no value"}</strong>
        {resolution.value !== undefined && (
          <code className="min-w-0 text-xs break-all text-muted">{JSON.stringify(resolution.value)}</code>
        )}
        <span className="ml-auto">
          <Badge>{resolution.reason}</Badge>
        </span>
      </p>
      <ol aria-label="Why" className="flex flex-col px-3 py-2 text-sm">
        {steps.map((step, index) => (
          // The steps are in order and have no names.
          <li key={index} className="flex gap-1.5 py-0.5" style={{ paddingLeft: `${step.depth * 1.25}rem` }}>
            <Mark met={step.met} />
            <span className="min-w-0 break-words">{step.text}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Mark({ met }: { met: boolean | null }) {
  if (met === null) return <CircleDot aria-hidden className="mt-1 size-3 shrink-0 text-faint" />;
  return met ? (
    <Tick aria-label="holds:" className="mt-0.75 size-3.5 shrink-0 text-accent" />
  ) : (
    <X aria-label="does not hold:" className="mt-0.75 size-3.5 shrink-0 text-danger" />
  );
}

function isObject(json: Json): json is { readonly [name: string]: Json } {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
