/** The label value for `value` while fewer than `max` others came before it, `other` after that. */
export function createBoundedLabel(max: number): (value: string) => string {
  const seen = new Set<string>();

  return (value) => {
    if (seen.has(value)) return value;
    if (seen.size >= max) return "other";
    seen.add(value);
    return value;
  };
}

const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** HTTP lets anybody invent a method; a label does not. */
export function methodLabel(method: string): string {
  return methods.has(method) ? method : "other";
}

export function statusLabel(status: number): string {
  return Number.isInteger(status) && status >= 100 && status <= 599 ? String(status) : "other";
}
