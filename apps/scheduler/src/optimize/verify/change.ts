import type { Change } from "../../contract/index.ts";
import { type Block, type Case, stood } from "./case.ts";
import { type Violation, violation } from "./violation.ts";
import { instantOf } from "./wall.ts";

/** The difference that an answer states is the one between the plan before and the plan now. */
export function differences(subject: Case, changes: readonly Change[]): Violation[] {
  const stated = new Map(changes.map((change) => [nameOf(change.kind, change.event_id), change]));
  const real = differ(subject);
  const names = new Set(real.map(({ name }) => name));
  return [
    // What only takes longer now, or shorter, may go untold.
    ...real
      .filter(({ name, from, to }) => from !== to && !stated.has(name))
      .map(({ name, block }) => wrong(block, `${name} is not told`)),
    ...[...stated].filter(([name]) => !names.has(name)).map(([name, { event_id: id }]) => wrong({ id }, `no ${name}`)),
    ...real
      .filter(({ name, from, to }) => {
        const change = stated.get(name);
        return change && !(isAt(subject, change.from, from) && isAt(subject, change.to, to));
      })
      .map(({ block }) => wrong(block, "moved between other times than it is told")),
  ];
}

type Difference = { name: string; block: { id: string }; from: number | null; to: number | null };

/** Tasks and events; breaks and lunches follow by themselves. */
function differ(subject: Case): Difference[] {
  const shown = subject.blocks.filter(({ event }) => event.type === "task" || event.type === "event");
  const keys = new Set(shown.map(({ key }) => key));
  const gone = [...subject.before.values()].filter(
    ({ event, key }) => event.type === "task" && !keys.has(key) && !subject.calendar.has(key),
  );
  return [
    ...shown.flatMap((block) => difference(subject, block)),
    ...gone.map((block) => ({ name: nameOf("dropped", block.id), block, from: block.start, to: null })),
  ];
}

function difference(subject: Case, block: Block): Difference[] {
  const known = subject.before.get(block.key) ?? subject.calendar.get(block.key);
  if (!known) return [{ name: nameOf("added", block.id), block, from: null, to: block.start }];
  const isSame = stood(subject, block) || (known.start === block.start && known.end === block.end);
  return isSame ? [] : [{ name: nameOf("moved", block.id), block, from: known.start, to: block.start }];
}

function nameOf(kind: Change["kind"], id: string): string {
  return `${kind} '${id}'`;
}

function isAt({ wall }: Case, text: string | null, time: number | null): boolean {
  return text === null || time === null ? text === time : instantOf(text, wall) === time;
}

function wrong(block: { id: string }, message: string): Violation {
  return violation("change", [block], message);
}
