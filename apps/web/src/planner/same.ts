/**
 * `after`, but what is just as it was comes from `before`: what is drawn from it stands already.
 * @param before may hold others, and in another order
 */
export function sameWhereEqual<T extends { id: string }>(before: readonly T[], after: readonly T[]): T[] {
  const known = new Map(before.map((one) => [one.id, one]));
  return after.map((one) => {
    const old = known.get(one.id);
    return old && isEqual(old, one) ? old : one;
  });
}

/** Part by part; parts that are objects have to be the same ones. */
function isEqual(one: object, other: object): boolean {
  const parts = new Map(Object.entries(one));
  const others = Object.entries(other);
  return others.length === parts.size && others.every(([name, part]) => parts.get(name) === part);
}
