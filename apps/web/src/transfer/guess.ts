/** The formats that can be imported, and what they are called. */
export const formats = {
  beq: "BeQ",
  flagd: "flagd",
  unleash: "Unleash",
  growthbook: "GrowthBook",
  launchdarkly: "LaunchDarkly",
  flagsmith: "Flagsmith",
} as const;
export type Format = keyof typeof formats;

/** The format that a document looks like, by the members that only that one has; null where none fits. */
export function guessFormat(document: unknown): Format | null {
  if (!isObject(document)) return null;
  if (Array.isArray(document["feature_states"])) return "flagsmith";
  if (Array.isArray(document["features"])) return "unleash";
  if (isObject(document["features"])) return "growthbook";
  if (!isObject(document["flags"])) return null;

  const first = Object.values(document["flags"]).find(isObject);
  if (first && ("defaultVariant" in first || "state" in first)) return "flagd";
  if (first && "variations" in first) return "launchdarkly";
  if ((first && "otherwise" in first) || typeof document["version"] === "number") return "beq";
  return null;
}

/** A text as a document, or what is wrong with it. */
export function readDocument(text: string): { ok: true; document: unknown } | { ok: false; problem: string } {
  if (text.trim() === "") return { ok: false, problem: "There is nothing in it." };
  try {
    return { ok: true, document: JSON.parse(text) };
  } catch (error) {
    return { ok: false, problem: `This is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
