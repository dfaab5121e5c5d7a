/** What a record itself holds under a key that people or other systems chose: `constructor` is no member of it. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
