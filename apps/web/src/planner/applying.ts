import { useServices } from "../shell/services.ts";
import { useUserId } from "../shell/session.tsx";
import { trpc } from "../trpc.ts";
import type { Action } from "./draft.ts";
import type { Answer, Planned } from "./run.ts";

/** A plan that was previewed or chosen, and the change of the draft that belongs to it. */
export type Chosen = { label: string; action: Action | null; answer: Answer; said: string };

/** Puts a plan in the place of the stored one, in a way that can be taken back. */
export function useApplying() {
  const { drafts, run, toasts } = useServices();
  const userId = useUserId();
  const utils = trpc.useUtils();

  const restore = async (version: number, to: number) => {
    try {
      await utils.client.schedule.restore.mutate({ user_id: userId, version, to });
    } catch {
      toasts.show("The plan before could not be brought back on the server: it was changed there since.");
    }
    await utils.schedule.get.invalidate();
  };
  return {
    /** @throws what the server refuses it with */
    async apply({ label, action, answer, said }: Chosen): Promise<void> {
      const { basis, scheduled_events, unscheduled, warnings, confidence_score, ...rest } = answer;
      if (!basis) return;
      const { alternatives: _, kept_events: __, ...verdict } = rest;
      const plan = { scheduled_events, unscheduled, warnings, confidence_score, verdict };
      const stored = await utils.client.schedule.accept.mutate({ user_id: userId, basis, ...plan });
      const version = stored.version ?? basis.version;

      const before = run.get().planned;
      const wasFresh = before?.draft === drafts.get().draft;
      const takeBack = action ? drafts.commit(label, action) : () => {};
      const back = () => {
        takeBack();
        // The draft that the plan before answers is there again, as another object.
        run.adopt(before && { ...before, draft: wasFresh ? drafts.get().draft : before.draft });
        void restore(version, basis.version);
      };
      const { events, unscheduled: left, warnings: warned } = stored;
      const whole = { scheduled_events: events, kept_events: [], unscheduled: left, warnings: warned };
      const now = { ...answer, ...stored.verdict, ...whole };
      run.adopt({ answer: { ...now, basis: { ...basis, version } }, draft: drafts.get().draft }, { label, back });
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
