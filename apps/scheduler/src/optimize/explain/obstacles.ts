import type { ConflictElement } from "../../contract/index.ts";
import { type Slots, slotsOf } from "./busy.ts";
import { type Engagement, keepsFree } from "../problem/demand.ts";
import { held } from "../problem/held.ts";
import type { Problem } from "../problem/problem.ts";
import type { State } from "../search/state.ts";
import type { Axis } from "../time/axis.ts";
import type { Span } from "../time/spans.ts";
import { spanName } from "../time/words.ts";

/** Something that may keep a task from having a place. What only is a rule takes no slots: `from` is `to`. */
export type Obstacle = Slots & {
  readonly kind: ConflictElement["kind"];
  readonly id: string | null;
  readonly title: string;
  readonly text: () => string;
  /** The placed piece that it is. */
  readonly index: number | null;
  /** When it takes place, without what is kept free around it. */
  readonly span: Span | null;
};

/** All that takes time in a plan: events, hard blocks, then the pieces placed. */
export function obstaclesOf(state: State<Problem>, axis: Axis): Obstacle[] {
  const { problem } = state;
  return [...events(problem, axis), ...constraints(problem, axis), ...pieces(state)];
}

type What = Pick<Obstacle, "kind" | "id" | "title" | "text" | "index" | "span">;

/** Written out, so that all obstacles have one shape: the search for conflicts goes over them again and again. */
function obstacleOf({ kind, id, title, text: say, index, span }: What, { from, to }: Slots): Obstacle {
  // Naming moments in a time zone is slow: it is done once at most.
  let text: string | undefined;
  return { kind, id, title, text: () => (text ??= say()), from, to, index, span };
}

/** A rule about the task itself. */
export function ruleOf(kind: Obstacle["kind"], text: () => string, id: string | null = null, title = ""): Obstacle {
  return obstacleOf({ kind, id, title, text, index: null, span: null }, { from: 0, to: 0 });
}

function events({ fixed, calendar }: Problem, axis: Axis): Obstacle[] {
  return fixed.map((event) => {
    const { id, title } = event;
    const text = () => `'${title}' takes ${spanName(calendar.zone, event)}${bufferName(event)}`;
    return obstacleOf({ kind: "event", id, title, text, index: null, span: event }, slotsOf(axis, held(event)));
  });
}

function bufferName({ buffer: { before, after } }: Engagement): string {
  const sides = [before > 0 && `${before} min before`, after > 0 && `${after} min after`].filter(Boolean);
  return sides.length > 0 ? `, with ${sides.join(" and ")}` : "";
}

function constraints({ rules, calendar }: Problem, axis: Axis): Obstacle[] {
  return rules.filter(keepsFree).map((rule) => {
    const title = rule.description;
    const text = () => `'${title}' keeps ${spanName(calendar.zone, rule)} free`;
    return obstacleOf({ kind: "constraint", id: null, title, text, index: null, span: rule }, slotsOf(axis, rule));
  });
}

function pieces({ problem: { items, calendar }, space, span: spanOf }: State<Problem>): Obstacle[] {
  return items.flatMap(({ kind, id, title }, index) => {
    const span = spanOf(index);
    if (!span) return [];
    const name = kind === "lunch" ? title : `'${title}'`;
    const slots = { from: space.from[index] ?? 0, to: space.to[index] ?? 0 };
    const text = () => `${name} stands ${spanName(calendar.zone, span)}`;
    return [obstacleOf({ kind, id, title, text, index, span }, slots)];
  });
}
