import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import type { ScheduledEvent } from "@beq/scheduler/contract";
import { addDays } from "../calendar/axis.ts";
import { useServices } from "../shell/services.ts";
import { useUserId } from "../shell/session.tsx";
import { type Outputs, trpc } from "../trpc.ts";
import type { Question } from "./acts.ts";
import { apply } from "./draft.ts";
import type { PlannerView } from "./planner.ts";
import { byHand } from "./differences.ts";
import { pinnedBlocks, standing } from "./pins.ts";
import { requestOf } from "./request.ts";
import type { Answer } from "./run.ts";

/** A previewed plan, with the whole week as it would be. */
export type Revised = Outputs["schedule"]["reschedule"] & { events: ScheduledEvent[] };

/** Asks what would become of the plan, without changing anything; leaving stops the work on the server. */
export function useTrial(question: Question, planner: PlannerView) {
  const { client } = trpc.useUtils();
  const { drafts } = useServices();
  const userId = useUserId();
  // Every preview asks anew: the week moves on with the time and with other people.
  const id = useId();
  return useQuery({
    queryKey: ["trial", id],
    queryFn: async ({ signal }): Promise<Revised> => {
      const before = drafts.get().draft;
      const draft = question.action ? apply(before, question.action) : before;
      const week = requestOf(draft, planner.events, userId);
      const { first, last } = planner.span;
      const period = { start_date: first, end_date: addDays(last, 1) };
      const revised = await (question.how === "repair"
        ? client.schedule.reschedule.mutate(
            { user_id: userId, week, unpinned: week.unpinned, dropped: [...(question.dropped ?? [])], preview: true },
            { signal },
          )
        : client.schedule.optimize.mutate({ user_id: userId, ...period, preview: true }, { signal }));
      // What stands by hand is in the calendar, and the plan does not repeat it.
      const pins = pinnedBlocks(standing(draft), draft.tasks, revised.pinned_events);
      const events = revised.events ?? revised.optimized_schedule;
      return { ...revised, changes: byHand(revised.changes, pins), events: [...events, ...pins] };
    },
    staleTime: Infinity,
    gcTime: 0,
    refetchOnMount: false,
  });
}

const mostOthers = 3;

/** Asks for other plans of the week as it is typed now, without changing anything. */
export function useOthers({ draft, events }: PlannerView) {
  const { client } = trpc.useUtils();
  const userId = useUserId();
  const id = useId();
  return useQuery({
    queryKey: ["others", id],
    queryFn: ({ signal }): Promise<Answer> => {
      const week = requestOf(draft, events, userId);
      return client.schedule.generate.mutate({ ...week, alternatives: mostOthers, preview: true }, { signal });
    },
    staleTime: Infinity,
    gcTime: 0,
    refetchOnMount: false,
  });
}

/** The previewed plan in the form that the page shows plans in. */
export function answerOf(revised: Revised): Answer {
  const { optimized_schedule: scheduled_events, improvements, changes: _, events: __, ...rest } = revised;
  return {
    ...rest,
    scheduled_events,
    kept_events: [],
    reasoning: improvements.join(" "),
    alternative_suggestions: [],
    alternatives: [],
  };
}
