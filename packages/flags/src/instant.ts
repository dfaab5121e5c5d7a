const ISO = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * A moment in milliseconds since 1970, from an ISO 8601 text, a Date or milliseconds; NaN when the value is no moment.
 * A text without an offset is read as UTC, never in the zone of the machine.
 */
export function instant(value: unknown): number {
  if (typeof value === "number") return value;
  if (value instanceof Date) return value.getTime();
  if (typeof value !== "string") return NaN;

  const match = ISO.exec(value);
  if (!match) return NaN;
  return Date.parse(value.length > 10 && match[1] === undefined ? `${value}Z` : value);
}
