import { Counter, Histogram, type Registry } from "prom-client";

export type PoolMetrics = {
  waited: (seconds: number) => void;
  lost: () => void;
  proved: (ending: string) => void;
};

/** What the pool tells beyond the gauges that are read from it: waiting times and lost workers. */
export function createPoolMetrics(registry: Registry): PoolMetrics {
  const registers = [registry];
  const wait = new Histogram({
    name: "beq_scheduler_queue_wait_seconds",
    help: "Time a problem waited for a worker.",
    buckets: [0.001, 0.01, 0.05, 0.1, 0.3, 1, 3, 10, 30],
    registers,
  });
  const losses = new Counter({
    name: "beq_scheduler_workers_lost_total",
    help: "Workers that crashed or had to be ended, each replaced.",
    registers,
  });
  const proofs = new Counter({
    name: "beq_scheduler_proofs_total",
    help: "Proofs that streams asked for, by how they ended.",
    labelNames: ["ending"],
    registers,
  });
  return {
    waited: (seconds) => wait.observe(seconds),
    lost: () => losses.inc(),
    proved: (ending) => proofs.inc({ ending }),
  };
}
