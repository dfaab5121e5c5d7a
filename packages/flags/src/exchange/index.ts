export { exportFlagd, type Exported } from "./export.ts";
export { importFlagd } from "./flagd.ts";
export { importFlagsmith } from "./flagsmith.ts";
export { importGrowthbook } from "./growthbook.ts";
export { importLaunchDarkly } from "./launchdarkly.ts";
export { excluded, isUnreadable, jsonPath, reportText } from "./report.ts";
export type { Finding, Imported, Level, Path, Report } from "./report.ts";
export { importUnleash } from "./unleash.ts";
