/**
 * Jobs done one after the other on one machine, each as early as its release and the job before it allow: the problem
 * 1 | r_j | sum of w_j T_j with T_j = max(0, completion - due). Whole numbers; times are slots.
 */
export type Line = {
  readonly size: number;
  readonly durations: Int32Array;
  readonly releases: Int32Array;
  readonly weights: Int32Array;
  readonly dues: Int32Array;
};

/** An order being worked on; the job's own numbers are kept by position, so that loops read them in a row. */
export type Order = {
  readonly line: Line;
  readonly jobs: Int32Array;
  readonly durations: Int32Array;
  readonly releases: Int32Array;
  readonly weights: Int32Array;
  readonly dues: Int32Array;
  /** Completion by position, one up: `ends[0]` is 0, before the first job. */
  readonly ends: Float64Array;
  /** Cost, and weight, of all jobs before a position. */
  readonly costs: Float64Array;
  readonly loads: Float64Array;
};

/** A better place for the job at a position: the other position, and whether the two change places or the job moves. */
export type Move = { target: number; swaps: boolean };

export function createOrder(line: Line, jobs: Int32Array): Order {
  const { size } = line;
  const order: Order = {
    line,
    jobs: jobs.slice(),
    durations: new Int32Array(size),
    releases: new Int32Array(size),
    weights: new Int32Array(size),
    dues: new Int32Array(size),
    ends: new Float64Array(size + 1),
    costs: new Float64Array(size + 1),
    loads: new Float64Array(size + 1),
  };
  refresh(order, 0);
  return order;
}

/** When the job at a position ends if nothing before it ends later than `time`, and what ending then costs. */
export function endAt({ releases, durations }: Order, position: number, time: number): number {
  return Math.max(time, releases[position] ?? 0) + (durations[position] ?? 0);
}

export function costAt({ weights, dues }: Order, position: number, end: number): number {
  const late = end - (dues[position] ?? 0);
  // A condition, not Math.max, which has to look at the sign of zero.
  return late > 0 ? late * (weights[position] ?? 0) : 0;
}

export function costOf({ line, costs }: Order): number {
  return costs[line.size] ?? 0;
}

/** Reads the jobs from a position on anew, and their times. */
export function refresh(order: Order, first: number): void {
  const { line, jobs, durations, releases, weights, dues, ends, costs, loads } = order;
  for (let position = first; position < line.size; position += 1) {
    const job = jobs[position] ?? 0;
    const release = line.releases[job] ?? 0;
    const weight = line.weights[job] ?? 0;
    const due = line.dues[job] ?? 0;
    const end = Math.max(ends[position] ?? 0, release) + (line.durations[job] ?? 0);
    durations[position] = line.durations[job] ?? 0;
    releases[position] = release;
    weights[position] = weight;
    dues[position] = due;
    ends[position + 1] = end;
    costs[position + 1] = (costs[position] ?? 0) + weight * Math.max(0, end - due);
    loads[position + 1] = (loads[position] ?? 0) + weight;
  }
}

/** Two jobs change places, or one goes to another position and those between move up. Times are read by `refresh`. */
export function apply({ jobs }: Order, from: number, { target, swaps }: Move): void {
  const job = jobs[from] ?? 0;
  if (swaps) jobs[from] = jobs[target] ?? 0;
  else if (from < target) jobs.copyWithin(from, from + 1, target + 1);
  else jobs.copyWithin(target + 1, target, from);
  jobs[target] = job;
}
