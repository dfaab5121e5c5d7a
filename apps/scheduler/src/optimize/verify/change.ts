import type { Change } from "../../contract/index.ts";
import { type Block, type Case, given, stood } from "./case.ts";
import { type Violation, violation } from "./violation.ts";
import { instantOf } from "./wall.ts";

/** The difference that an answer states is the one between the plan before and the plan now. */
export function differences(subject: Case, changes: readonly Change[]): Violation[] {
  const real = differ(subject);
  // A task and an event may have the same id: a change is told by its times too.
  const isTold =
    ({ name, from, to }: Difference) =>
    (change: Change) =>
      nameOf(change.kind, change.event_id) === name && isAt(subject, change.from, from) && isAt(subject, change.to, to);
  return [
    // What only takes longer now, or shorter, may go untold.
    ...real
      .filter((each) => each.from !== each.to && !changes.some(isTold(each)))
      .map(({ name, block }) => violation("change", [block], `${name} is not told`)),
    ...changes
      .filter((change) => !real.some((each) => isTold(each)(change)))
      .map(({ kind, event_id: id }) => violation("change", [{ id }], `no ${nameOf(kind, id)} between these times`)),
  ];
}

type Difference = { name: string; block: { id: string }; from: number | null; to: number | null };

/** Tasks, events, and lunches that stood elsewhere; breaks, and whether there is a lunch, follow by themselves. */
function differ(subject: Case): Difference[] {
  const isToldOf = ({ event: { type }, key }: Block) =>
    type === "task" || type === "event" || (type === "lunch" && subject.before.has(key));
  const shown = subject.blocks.filter(isToldOf);
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
  const isSame =
    stood(subject, block) || given(subject, block) || (known.start === block.start && known.end === block.end);
  return isSame ? [] : [{ name: nameOf("moved", block.id), block, from: known.start, to: block.start }];
}

function nameOf(kind: Change["kind"], id: string): string {
  return `${kind} '${id}'`;
}

function isAt({ wall }: Case, text: string | null, time: number | null): boolean {
  return text === null || time === null ? text === time : instantOf(text, wall) === time;
}
