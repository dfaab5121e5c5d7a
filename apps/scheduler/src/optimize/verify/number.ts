import type { GenerateAnswer, OptimizeAnswer } from "../../contract/index.ts";
import { type Block, type Case, given } from "./case.ts";
import { type Violation, violation } from "./violation.ts";

/** An answer as it leaves the planner. */
export type Answer = Omit<GenerateAnswer, "processing_time_seconds"> | Omit<OptimizeAnswer, "processing_time_seconds">;

/** The two sides of a division may be rounded differently. */
const tolerance = 1e-6;

function wrong(message: string, blocks: readonly { id: string }[] = [{ id: "answer" }]): Violation {
  return violation("number", blocks, message);
}

/** Cost, bound, gap and proof say the same; nothing that is stated as a bound is above a plan that is shown. */
export function quality({ cost, lower_bound: bound, optimality_gap: gap, proof, ...answer }: Answer): Violation[] {
  const found: Violation[] = [];
  if (cost === null) return bound === null && gap === null ? [] : [wrong("a bound without a cost")];
  if (cost < 0) found.push(wrong("a cost below 0"));
  if ((bound === null) !== (gap === null)) found.push(wrong("a bound without a gap, or a gap without a bound"));
  if ((bound === null) !== (proof === "none")) found.push(wrong(`proof '${proof}' beside the bound ${bound}`));
  if (bound === null || gap === null) return found;

  if (bound > cost) found.push(wrong(`the bound ${bound} is above the cost ${cost}`));
  if ((proof === "optimal") !== (bound === cost)) found.push(wrong(`proof '${proof}' at ${bound} of ${cost}`));
  const expected = cost === 0 ? 0 : (cost - bound) / cost;
  if (Math.abs(gap - expected) > tolerance) found.push(wrong(`the gap is ${expected}, not ${gap}`));
  const others = "alternatives" in answer ? answer.alternatives : [];
  return [...found, ...others.filter((other) => other.cost < bound).map(({ label }) => wrong(`'${label}' costs less`))];
}

/** Probabilities are some, and fit each other: that all is in time is no likelier than that one thing is. */
export function chances(subject: Case, answer: Answer): Violation[] {
  const tasks = subject.blocks.filter((block) => block.event.type === "task" && !given(subject, block));
  const dates = answer.days.map(({ date }) => date);
  const shares = [answer.confidence_score, ...answer.days.map(({ p_holds: holds }) => holds)];
  const left = new Set(answer.unscheduled_tasks);
  // A task of which a part has no place is not done by this plan, wherever the rest stands: it does not enter.
  const dated = [...tasks.map(({ event }) => event), ...answer.pinned_events].filter(
    ({ p_on_time: chance, task_id: id, id: own }) => chance !== 0 || !left.has(id ?? own),
  );
  const least = Math.min(1, ...dated.map(({ p_on_time: chance }) => chance ?? 1));
  return [
    ...(shares.every(isShare) ? [] : [wrong("a probability outside of 0 to 1")]),
    ...(answer.confidence_score > least + tolerance ? [wrong(`all is likelier to be in time than one: ${least}`)] : []),
    ...(dates.every((date, index) => index === 0 || date > (dates[index - 1] ?? ""))
      ? []
      : [wrong("days in disorder")]),
    ...answer.days.filter((day) => day.planned_minutes < 0 || day.free_minutes < 0).map(({ date }) => wrong(date)),
    ...tasks.flatMap((block) => ownChances(block)),
  ];
}

function ownChances(block: Block): Violation[] {
  const { p_on_time: chance, eta } = block.event;
  const found: Violation[] = [];
  if (chance !== null && !isShare(chance)) found.push(wrong(`a probability of ${chance}`, [block]));
  const dated = Boolean(block.task?.deadline);
  if (dated !== (chance !== null)) found.push(wrong("a probability without a deadline, or none with one", [block]));
  const ends = eta ? [eta.p50, eta.p80, eta.p95].map((text) => (text === null ? Infinity : Date.parse(text))) : [];
  if (ends.some((end, index) => Number.isNaN(end) || end < (ends[index - 1] ?? 0)))
    found.push(wrong("ends that do not get later as they get surer", [block]));
  const costs = Object.values(block.event.explanation?.costs ?? {});
  if (costs.some((cost) => cost < 0)) found.push(wrong("a cost below 0", [block]));
  return found;
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}
