import type { Bucket } from "../foreign.ts";
import { flagsmith } from "./flagsmith/bucket.ts";
import { growthbookV1, growthbookV2 } from "./growthbook/bucket.ts";
import { launchdarkly } from "./launchdarkly/bucket.ts";
import { unleashBuckets } from "./unleash/bucket.ts";

/** How other systems place ids, so that a flag that came from one keeps every user's variant. */
export const buckets: readonly Bucket[] = [growthbookV1, growthbookV2, ...unleashBuckets, launchdarkly, flagsmith];
