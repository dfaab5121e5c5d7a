import "../lib/strict.ts";
import { GenerateRequest, type Invalid, invalidList } from "@beq/scheduler/contract";
import type { Asked } from "./run.ts";

/** What the server would refuse, found here by the same schema. */
export function refusals(request: Asked): Invalid[] {
  const parsed = GenerateRequest.safeParse(request);
  return parsed.success ? [] : invalidList(parsed.error.issues, request, () => "body");
}
