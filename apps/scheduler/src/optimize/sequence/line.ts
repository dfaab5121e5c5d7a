/**
 * Jobs done one after the other on one machine, each as early as its release and the job before it allow: the problem
 * 1 | r_j | sum of w_j T_j, T_j = max(0, completion - due). Whole numbers; times are slots.
 */
export type Line = {
  readonly size: number;
  readonly durations: Int32Array;
  readonly releases: Int32Array;
  readonly weights: Int32Array;
  readonly dues: Int32Array;
};

/** An order being worked on, by position: the job's own numbers, and where the order puts it. */
export type Order = {
  readonly line: Line;
  readonly jobs: Int32Array;
  readonly durations: Int32Array;
  readonly releases: Int32Array;
  readonly weights: Int32Array;
  readonly dues: Int32Array;
  /** Completion by position, one up: `ends[0]` is 0, before the first job. */
  readonly ends: Float64Array;
  /** Cost and weight of all jobs before a position. */
  readonly costs: Float64Array;
  readonly loads: Float64Array;
};

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

export function costOf({ line, costs }: Order): number {
  return costs[line.size] ?? 0;
}

/** Reads jobs and their times anew from a position on. */
export function refresh({ line, jobs, durations, releases, weights, dues, ends, costs, loads }: Order, first: number): void {
  for (let position = first; position < line.size; position += 1) {
    const job = jobs[position] ?? 0;
    const duration = line.durations[job] ?? 0;
    const release = line.releases[job] ?? 0;
    const weight = line.weights[job] ?? 0;
    const due = line.dues[job] ?? 0;
    durations[position] = duration;
    releases[position] = release;
    weights[position] = weight;
    dues[position] = due;
    const before = ends[position] ?? 0;
    const end = (before > release ? before : release) + duration;
    ends[position + 1] = end;
    costs[position + 1] = (costs[position] ?? 0) + (end > due ? weight * (end - due) : 0);
    loads[position + 1] = (loads[position] ?? 0) + weight;
  }
}

/** Takes the job at one position out and puts it in again at another; jobs between move up. */
export function insert({ jobs }: Order, from: number, to: number): void {
  const job = jobs[from] ?? 0;
  if (from < to) jobs.copyWithin(from, from + 1, to + 1);
  else jobs.copyWithin(to + 1, to, from);
  jobs[to] = job;
}

export function swap({ jobs }: Order, one: number, other: number): void {
  const job = jobs[one] ?? 0;
  jobs[one] = jobs[other] ?? 0;
  jobs[other] = job;
}
