/** The engine's bounds on a list of ids. */
export const mostIds = 100_000;
const longestId = 200;

export type Read = { ids: string[]; repeated: number; tooLong: number };

/**
 * The ids in a text that somebody pastes: one a line, or separated by commas, semicolons or tabs; quotes around one are
 * taken off, so that a column of a table can be pasted as it is.
 */
export function readIds(text: string): Read {
  const found = new Set<string>();
  let repeated = 0;
  let tooLong = 0;
  for (const part of text.split(/[\n\r,;\t]+/)) {
    const id = part.trim().replace(/^(["'])(.*)\1$/, "$2");
    if (id === "") continue;
    if (id.length > longestId) tooLong += 1;
    else if (found.has(id)) repeated += 1;
    else found.add(id);
  }
  return { ids: [...found], repeated, tooLong };
}

/** The list with more ids at its end, each once, and how many were new. */
export function withIds(ids: readonly string[], added: readonly string[]): { ids: readonly string[]; fresh: number } {
  const all = new Set(ids);
  for (const id of added) all.add(id);
  return { ids: [...all], fresh: all.size - new Set(ids).size };
}

export function withoutIds(ids: readonly string[], removed: readonly string[]): readonly string[] {
  const gone = new Set(removed);
  return ids.filter((id) => !gone.has(id));
}

/** What was read, for a person: `1,200 added, 3 were there already, 1 is longer than 200 characters`. */
export function report(read: Read, fresh: number): string {
  const number = (count: number) => count.toLocaleString("en");
  const known = read.ids.length - fresh + read.repeated;
  return [
    `${number(fresh)} added`,
    ...(known > 0 ? [`${number(known)} were there already`] : []),
    ...(read.tooLong > 0 ? [`${number(read.tooLong)} left out, longer than ${longestId} characters`] : []),
  ].join(", ");
}
