import { collectDefaultMetrics, Counter, Gauge, Registry } from "prom-client";

/** The text page of one process. */
export interface Page {
  readonly registry: Registry;
  /** A gauge whose value is asked for at each scrape; `labels` are constant. */
  gauge(name: string, help: string, read: () => number, labels?: Readonly<Record<string, string>>): void;
  /** A counter that is kept elsewhere and asked for at each scrape. */
  counter(name: string, help: string, read: () => number): void;
  render(): Promise<string>;
}

// Gauges by type, counters by name: promtool refuses them, and their siblings without `_total` say as much.
const misnamed = ["nodejs_active_handles_total", "nodejs_active_requests_total", "nodejs_active_resources_total"];

export function createPage(): Page {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of misnamed) registry.removeSingleMetric(name);
  let rendering: Promise<string> | undefined;

  return {
    registry,
    gauge: (name, help, read, labels = {}) => registry.registerMetric(createGauge(name, help, read, labels)),
    counter: (name, help, read) => registry.registerMetric(createCounter(name, help, read)),
    render() {
      rendering ??= registry.metrics().finally(() => (rendering = undefined));
      return rendering;
    },
  };
}

function createGauge(name: string, help: string, read: () => number, labels: Readonly<Record<string, string>>): Gauge {
  return new Gauge({
    name,
    help,
    labelNames: Object.keys(labels),
    registers: [],
    collect() {
      this.set(labels, read());
    },
  });
}

function createCounter(name: string, help: string, read: () => number): Counter {
  return new Counter({
    name,
    help,
    registers: [],
    collect() {
      this.reset();
      this.inc(read());
    },
  });
}
