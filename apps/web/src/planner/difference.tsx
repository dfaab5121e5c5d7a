import { type Change, instantOf } from "@beq/scheduler/contract";
import { ArrowRight, CirclePlus, CircleSlash, MoveRight } from "lucide-react";
import type { ReactNode } from "react";
import type { Question } from "./acts.ts";
import { leftNow, type Shift, shifts } from "./differences.ts";
import { leftIn, placedIn } from "./placed.ts";
import type { PlannerView } from "./planner.ts";
import { gapWords, riskOf, riskWords } from "./quality.ts";
import type { Revised } from "./trying.ts";
import { chance, sentence, type Words, withoutBlockers } from "./words.ts";

type Props = { revised: Revised; planner: PlannerView; how: Question["how"] };

/** Two plans side by side in numbers, then every block that is elsewhere in one of them, with the reason. */
export function Differences({ revised, how, planner: { shown, answered, words, draft } }: Props) {
  const { changes, events } = revised;
  const gap = gapWords(revised);
  const left = leftNow(revised, shown?.unscheduled ?? []);
  return (
    <div className="flex flex-col gap-3 text-sm">
      {revised.error !== null && <p className="text-danger">{revised.error}</p>}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 rounded-md border border-line bg-sunken p-3">
        <Fact name="Every deadline holds">
          <Pair before={answered?.confidence ?? null} after={revised.confidence_score} write={chance} />
        </Fact>
        <Fact name="Tasks placed">
          <Pair before={shown && placedIn(shown, draft.tasks)} after={placedIn(revised, draft.tasks)} write={String} />
        </Fact>
        <Fact name="Without a place">
          <Pair before={shown && leftIn(shown)} after={leftIn(revised)} write={String} />
        </Fact>
        {gap !== null && <Fact name="The new plan is">{gap.toLowerCase()}</Fact>}
      </dl>
      <Deadlines list={shifts(answered?.events ?? [], events)} />
      {changes.length === 0 && <p>{unmoved[how]}</p>}
      {kinds.map((kind) => (
        <Changes key={kind} kind={kind} changes={changes.filter((change) => change.kind === kind)} words={words} />
      ))}
      {left.length > 0 && (
        <Part title={`No place any more: ${left.length}`}>
          {left.map(({ task_id: id, title, reason }) => (
            <li key={`${id} ${title}`}>
              <span className="font-medium">{title}</span> <span className="text-muted">{reason}</span>
            </li>
          ))}
        </Part>
      )}
    </div>
  );
}

const unmoved = {
  repair: "No block has to move.",
  improve: "No plan was found that is so much better that it would be worth moving what stands.",
};
const kinds = ["moved", "added", "dropped"] as const;
const titles = { moved: "Moved", added: "Added", dropped: "Dropped" };
const signs = { moved: MoveRight, added: CirclePlus, dropped: CircleSlash };

function Changes({ kind, changes, words }: { kind: Change["kind"]; changes: readonly Change[]; words: Words }) {
  if (changes.length === 0) return null;
  const Sign = signs[kind];
  return (
    <Part title={`${titles[kind]}: ${changes.length}`}>
      {changes.map((change) => (
        <li key={change.event_id} className="flex gap-2">
          <Sign aria-hidden className="mt-0.5 size-3.5 shrink-0 text-faint" />
          <span className="min-w-0">
            <span className="font-medium wrap-anywhere">{change.title}</span>{" "}
            <span className="text-muted">{times(change, words)}</span>
            {change.reason && (
              <span className="block text-xs text-pretty text-muted">{sentence(withoutBlockers(change.reason))}</span>
            )}
          </span>
        </li>
      ))}
    </Part>
  );
}

function times({ from, to }: Change, words: Words): string {
  const moments = [from, to].flatMap((at) => (at === null ? [] : words.short(instantOf(at, words.zone))));
  // What only takes longer starts where it did.
  return [...new Set(moments)].join(" → ");
}

function Deadlines({ list }: { list: readonly Shift[] }) {
  if (list.length === 0) return null;
  return (
    <Part title="Deadlines">
      {list.map(({ taskId, title, before, after }) => (
        <li key={taskId}>
          <span className="font-medium">{title}</span>{" "}
          <span className="text-muted">
            in time {chance(before ?? 0)} → {chance(after ?? 0)}, {riskWords[riskOf(after ?? 0)]}
          </span>
        </li>
      ))}
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 text-xs font-medium text-muted">{title}</h3>
      <ul className="flex flex-col gap-1">{children}</ul>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="flex flex-wrap items-center gap-x-2">{children}</dd>
    </>
  );
}

/** The value before and after; once where it stays. */
function Pair(props: { before: number | null; after: number; write: (value: number) => string }) {
  const { before, after, write } = props;
  if (before === null || write(before) === write(after)) return <span>{write(after)}</span>;
  return (
    <span className="flex items-center gap-1.5 tabular-nums">
      <span className="text-muted">{write(before)}</span>
      <ArrowRight aria-label="becomes" className="size-3.5 text-faint" />
      <span className="font-medium">{write(after)}</span>
    </span>
  );
}
