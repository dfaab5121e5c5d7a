import { Counter, Histogram, type Registry } from "prom-client";

import type { Definition } from "./catalog.ts";

type Labels = Readonly<Record<string, string>>;

/** The metrics of a catalog by name; a name of the other kind does not compile. */
export interface Instruments<Family extends Definition> {
  add(name: NameOf<Family, "counter">, labels: Labels, amount?: number): void;
  observe(name: NameOf<Family, "histogram">, labels: Labels, value: number): void;
  /** Shows the series at 0 before anything happened, so that `rate()` sees the first event. */
  zero(name: Family["name"], labels: Labels): void;
}

type NameOf<Family extends Definition, Type extends Definition["type"]> = Extract<Family, { type: Type }>["name"];

export function createInstruments<const Family extends Definition>(
  registry: Registry,
  catalog: readonly Family[],
): Instruments<Family> {
  const counters = new Map<string, Counter>();
  const histograms = new Map<string, Histogram>();
  for (const { name, type, help, labels, buckets = [] } of catalog) {
    const common = { name, help, labelNames: labels, registers: [registry] };
    if (type === "counter") counters.set(name, new Counter(common));
    else histograms.set(name, new Histogram({ ...common, buckets: [...buckets] }));
  }

  return {
    add: (name, labels, amount = 1) => counters.get(name)?.inc(labels, amount),
    observe: (name, labels, value) => histograms.get(name)?.observe(labels, Number.isFinite(value) ? value : 0),
    zero(name, labels) {
      counters.get(name)?.inc(labels, 0);
      histograms.get(name)?.zero(labels);
    },
  };
}
