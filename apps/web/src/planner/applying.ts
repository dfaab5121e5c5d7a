import { useServices } from "../shell/services.ts";
import { useUserId } from "../shell/session.tsx";
import { trpc } from "../trpc.ts";
import type { Action } from "./draft.ts";
import type { Answer, Planned } from "./run.ts";

/** A plan that was previewed or chosen, and the change of the draft that belongs to it. */
export type Chosen = { label: string; action: Action | null; answer: Answer; said: string };

/** A plan that is stored as a version, in the place of another one. */
type Placed = Pick<Chosen, "label" | "action" | "answer"> & { version: number; before: number };

/** Puts a plan in the place of the stored one, in a way that can be taken back, and done again. */
export function useApplying() {
  const { drafts, run, toasts } = useServices();
  const userId = useUserId();
  const utils = trpc.useUtils();

  /** @returns the version that holds it now; null where it could not be brought back */
  const restore = async (version: number, to: number): Promise<number | null> => {
    const restored = await utils.client.schedule.restore.mutate({ user_id: userId, version, to }).catch(() => null);
    if (!restored) toasts.show("That plan could not be brought back on the server: it was changed there since.");
    // Not waited for: what is shown of it before it counts as taken could not be taken back.
    void utils.schedule.get.invalidate();
    return restored?.version ?? null;
  };
  const place = ({ label, action, answer, version, before: over }: Placed): (() => void) => {
    const before = run.get().planned;
    const wasFresh = before?.draft === drafts.get().draft;
    const takeBack = action ? drafts.commit(label, action) : () => {};
    const back = () => {
      takeBack();
      const { draft } = drafts.get();
      // The draft that the plan before answers is there again, as another object.
      run.adopt(before && { ...before, draft: wasFresh ? draft : before.draft });
      const restored = restore(version, over);
      const again = async () => {
        const base = await restored;
        const now = base === null ? null : await restore(base, version);
        // What was typed meanwhile is not what this plan was made for: it is shown as what is stored.
        if (base === null || now === null || drafts.get().draft !== draft) return;
        place({ label, action, answer, version: now, before: base });
      };
      run.leave({ draft, label, again: () => void again() });
    };
    const basis = answer.basis && { ...answer.basis, version };
    run.adopt({ answer: { ...answer, basis }, draft: drafts.get().draft }, { label, back });
    return back;
  };
  return {
    /** @throws what the server refuses it with */
    async apply({ label, action, answer, said }: Chosen): Promise<void> {
      const { basis, scheduled_events, unscheduled, warnings, confidence_score, ...rest } = answer;
      if (!basis) return;
      const { alternatives: _, kept_events: __, ...verdict } = rest;
      const plan = { scheduled_events, unscheduled, warnings, confidence_score, verdict };
      const stored = await utils.client.schedule.accept.mutate({ user_id: userId, basis, ...plan });
      const { events, unscheduled: left, warnings: warned } = stored;
      const whole = { scheduled_events: events, kept_events: [], unscheduled: left, warnings: warned };
      const now = { ...answer, ...stored.verdict, ...whole };
      const version = stored.version ?? basis.version;
      const back = place({ label, action, answer: now, version, before: basis.version });
      toasts.show(said, () => {
        if (run.get().taken?.back === back) back();
        else toasts.show("The plan has changed since; undo takes it back step by step.");
      });
    },

    /** Goes back from a plan that more search found to the one before it. */
    goBack(planned: Planned, beaten: Planned): void {
      if (run.get().planned !== planned) return;
      const now = planned.answer.basis?.version;
      const then = beaten.answer.basis?.version;
      run.adopt(beaten);
      if (now !== undefined && then !== undefined && now !== then) void restore(now, then);
    },
  };
}
