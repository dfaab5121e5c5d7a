const loneSurrogate = /\p{Surrogate}/u;

/** Whether a database keeps every text in the value: none holds a NUL or half of a surrogate pair. */
export function isStorable(value: unknown): boolean {
  if (typeof value === "string") return !value.includes("\0") && !loneSurrogate.test(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isStorable(key) && isStorable(inner));
}
