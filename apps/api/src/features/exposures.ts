import { defaults, features, type Flags, type FlagValue, type ForcedVariants } from "@beq/flags";
import type { Telemetry } from "@beq/telemetry";
import { Counter } from "prom-client";
import { z } from "zod";
import type { Tally } from "../usage/tally.ts";
import { isFeature } from "./schema.ts";

/** What a client has shown of some features, added up. */
export const Exposed = z.object({
  exposures: z
    .array(
      z.object({
        feature_name: z.string().max(200),
        enabled: z.boolean(),
        count: z.int().min(1).max(1_000_000).default(1),
      }),
    )
    .max(100),
});
export type Exposed = z.infer<typeof Exposed>;

export type Exposures = {
  /** Adds what a client has shown. What names no feature, or one of the `forced` ones, is nobody's exposure. */
  add(shown: Exposed["exposures"], forced?: ForcedVariants): void;
};

export type ExposuresDeps = {
  flags: Pick<Flags<typeof features>, "flagSet">;
  tally: Tally;
  registry: Telemetry["registry"];
};

/**
 * Counts by feature and variant how often a value was really used: a gate ran here, or a component rendered there.
 */
export function createExposures({ flags, tally, registry }: ExposuresDeps): Exposures {
  const take = tally.reader();
  const counter = new Counter({
    name: "beq_flag_exposures_total",
    help: "Values of features that were used, by a gate of the API or by a component on a page.",
    labelNames: ["flag", "variant"],
    registers: [registry],
    collect: () => {
      for (const { key, variant, count } of take()) {
        if (isFeature(key) && variant !== undefined) counter.inc({ flag: key, variant }, count);
      }
    },
  });
  // At 0 from the start, so that `rate()` sees the first.
  for (const [flag, { variants }] of Object.entries(defaults(features).flags))
    for (const variant of Object.keys(variants)) counter.inc({ flag, variant }, 0);

  return {
    add(shown, forced = {}) {
      for (const { feature_name: flag, enabled, count } of shown) {
        const { variants = {} } = isFeature(flag) ? (flags.flagSet.flags[flag] ?? {}) : {};
        const isForced = Object.hasOwn(forced, flag) && Object.hasOwn(variants, forced[flag] ?? "");
        const variant = isForced ? undefined : variantOf(variants, enabled);
        if (variant !== undefined) tally.add([{ key: flag, variant, count }]);
      }
    },
  };
}

/** Clients are told on or off and no variant's name. */
function variantOf(variants: Readonly<Record<string, FlagValue>>, enabled: boolean): string | undefined {
  return Object.entries(variants).find(([, value]) => value === enabled)?.[0];
}
