import { importFlagd } from "./flagd.ts";
import { importFlagsmith } from "./flagsmith.ts";
import { importGrowthbook } from "./growthbook.ts";
import { importLaunchDarkly } from "./launchdarkly.ts";
import type { Imported } from "./report.ts";
import { importUnleash } from "./unleash.ts";

/** The formats that can be imported, by the name that the command line knows them by. */
export const importers: ReadonlyMap<string, (document: unknown) => Imported> = new Map([
  ["flagd", importFlagd],
  ["unleash", importUnleash],
  ["growthbook", importGrowthbook],
  ["launchdarkly", importLaunchDarkly],
  ["flagsmith", importFlagsmith],
]);
