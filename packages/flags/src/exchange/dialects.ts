import type { DialectRules } from "../foreign.ts";
import { jsonLogic } from "./flagd/dialect.ts";
import { flagsmithRules } from "./flagsmith/dialect.ts";
import { growthbookRules } from "./growthbook/dialect.ts";
import { launchdarklyRules } from "./launchdarkly/dialect.ts";
import { unleashRules } from "./unleash/dialect.ts";

/** How other systems compare, where it is not as we do. */
export const dialects: readonly DialectRules[] = [
  jsonLogic,
  growthbookRules,
  unleashRules,
  launchdarklyRules,
  flagsmithRules,
];
