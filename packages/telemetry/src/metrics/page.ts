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
    gauge: (name, help, read, labels = {}) => addGauge(registry, name, help, read, labels),
    counter: (name, help, read) => addCounter(registry, name, help, read),
    render() {
      rendering ??= registry.metrics().finally(() => (rendering = undefined));
      return rendering;
    },
  };
}

function addGauge(
  registry: Registry,
  name: string,
  help: string,
  read: () => number,
  labels: Readonly<Record<string, string>>,
): void {
  new Gauge({
    name,
    help,
    labelNames: Object.keys(labels),
    registers: [registry],
    collect() {
      this.set(labels, read());
    },
  });
}

function addCounter(registry: Registry, name: string, help: string, read: () => number): void {
  new Counter({
    name,
    help,
    registers: [registry],
    collect() {
      this.reset();
      this.inc(read());
    },
  });
}
