/** Where something is in a document, ours or a foreign one, from its root: names of members and places in lists. */
export type Path = readonly (string | number)[];

/** What is wrong, and where. */
export interface Problem {
  readonly path: Path;
  readonly message: string;
}

/** Path elements of an issue; JSON has no symbols. */
export function plain(path: readonly PropertyKey[]): (string | number)[] {
  return path.map((part) => (typeof part === "symbol" ? String(part) : part));
}
