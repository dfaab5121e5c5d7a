import { createField, gather, openIds } from "../optimize/search/field.ts";
import { createFilter } from "../optimize/search/filter.ts";
import type { Options } from "../optimize/search/options.ts";
import { createPricing } from "../optimize/search/prices.ts";

/** The options that a plan cheaper than a bar may hold, and a bound on what plans cost; none open: there is no such plan. */
export type Tight = { readonly open: Int32Array; readonly lowerBound: number; readonly prices: Float64Array };

const patience = 20;
const tolerance = 1e-6;

/** Prices the options by subgradient steps and drops those that the prices rule out. */
export function tighten(options: Options, bar: number, steps: number, outOfTime: () => boolean): Tight {
  const field = createField(options);
  const pricing = createPricing(options);
  const filter = createFilter(options);
  const prices = new Float64Array(pricing.length);
  gather(
    field,
    options,
    Int32Array.from(options.choice, (_, id) => id),
  );
  const top = prices.slice();
  let best = -Infinity;
  let scale = 1;
  let idle = 0;
  for (let step = 0; step < steps && scale > 1e-4 && !outOfTime(); step += 1) {
    const value = pricing.bound(field, prices);
    if (value > bar - 1 + tolerance) return { open: new Int32Array(0), lowerBound: bar, prices };
    idle = value > best + 1e-3 ? 0 : idle + 1;
    if (idle === 0) {
      best = value;
      top.set(prices);
      if (!filter(field, bar - 1 + tolerance - value)) return { open: new Int32Array(0), lowerBound: bar, prices };
    }
    if (idle >= patience) [scale, idle] = [scale * 0.6, 0];
    if (!pricing.step(field, prices, scale * (bar - value))) break;
  }
  return { open: openIds(field), lowerBound: best, prices: top };
}
