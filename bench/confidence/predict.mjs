import { basename } from "node:path";

import { createOverrun, createPrior, simulate } from "@beq/scheduler/confidence";

const everySource = ["sip", "renzo", "cesaw"];
const minuteMs = 60_000;
// Working minutes count, so all of time is working time.
const open = [{ start: 0, end: 1e15 }];

/** The logs that a prior for this one may be made of: all but itself, as its name tells. */
export function sourcesFor(file, without) {
  const name = basename(file).toLowerCase();
  const isNamed = (source) => new RegExp(`(^|[^a-z])${source}`).test(name);
  return everySource.filter((source) => !isNamed(source) && !without.includes(source));
}

/** The probability that each group is done by its deadline, as the service states it for a plan of these tasks. */
export function predict(groups, { sources, history, seed }) {
  const prior = createPrior(sources);
  const known = new Map();
  return groups.map(({ tasks, deadline, past }) => {
    const key = history ? tasks[0].index : "prior";
    const overrun = known.get(key) ?? createOverrun(history ? past.map(actualOf) : [], prior);
    known.set(key, overrun);
    return simulate(stepsOf(tasks, deadline), { seed, overrun }).score;
  });
}

function actualOf({ estimate, actual }) {
  return { estimated_minutes: estimate, actual_minutes: actual };
}

/** One after the other, each as soon as the one before it is done; the deadline is that of the last. */
function stepsOf(tasks, deadline) {
  return tasks.map(({ index, estimate }, place) => ({
    id: `task-${index}`,
    doing: `task-${index}`,
    start: 0,
    end: estimate * minuteMs,
    minutes: estimate,
    estimate,
    category: "work",
    deadline: place === tasks.length - 1 ? deadline * minuteMs : null,
    isWhole: true,
    open,
    before: 0,
    after: 0,
    waits: [],
  }));
}
