import type { DialectRules } from "../foreign.ts";
import { jsonLogic } from "./flagd/dialect.ts";
import { growthbookRules } from "./growthbook/dialect.ts";

/** How other systems compare, where it is not as we do. */
export const dialects: readonly DialectRules[] = [jsonLogic, growthbookRules];
