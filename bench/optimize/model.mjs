// Instances as what the engine knows: pieces on an axis of slots, a cost for each start, an order, a price of leaving out.
import { ranked } from "@beq/scheduler/optimize";

export function modelOf({ jobs, week }) {
  return jobs ? lineModel(jobs) : weekModel(week);
}

/** Jobs on one machine; the axis is as long as the latest order that idles no more than it must. */
function lineModel(jobs) {
  const size = Math.max(...jobs.map(({ release }) => release)) + jobs.reduce((sum, { duration }) => sum + duration, 0);
  const never = jobs.reduce((sum, { weight, due }) => sum + weight * Math.max(0, size - due), 1);
  const items = jobs.map(({ duration, release, due, weight }) => {
    const length = size - duration - release + 1;
    const starts = Int32Array.from({ length }, (_, index) => release + index);
    const costs = Int32Array.from(starts, (start) => weight * Math.max(0, start + duration - due));
    return { ...piece(duration, weight, due), starts, costs, unplaced: never, before: [], after: [], lags: [] };
  });
  return model(size, items);
}

function weekModel({ tasks, days, slots_per_day: slotsPerDay }) {
  const at = new Map(tasks.map(({ id }, index) => [id, index]));
  const before = tasks.map(({ dependencies = [] }) => dependencies.map((id) => at.get(id)));
  const items = tasks.map((task, index) => ({
    ...piece(task.duration_slots, task.weight ?? 1, task.due_slot ?? Infinity),
    ...ranked(starts(task.start_cost), (slot) => task.start_cost[slot]),
    unplaced: task.unscheduled_penalty,
    before: before[index],
    lags: before[index].map(() => 0),
    after: before.flatMap((others, other) => (others.includes(index) ? [other] : [])),
  }));
  return model(days * slotsPerDay, items);
}

function starts(costs) {
  return costs.flatMap((cost, slot) => (cost === null ? [] : [slot]));
}

const minuteMs = 60_000;

/** A slot is a minute here: only ratios matter. */
function piece(slots, weight, due) {
  return {
    kind: "task",
    minutes: slots,
    slots,
    work: 0,
    was: null,
    home: null,
    locked: false,
    lead: 0,
    group: -1,
    weight,
    due: due * minuteMs,
  };
}

function model(size, items) {
  return {
    axis: { origin: 0, grid: 1, size },
    items,
    taken: new Uint8Array(size),
    rest: { minutes: 1, limit: Infinity },
    open: 1,
    balance: 0,
    switching: 0,
    days: [],
    caps: [],
  };
}
