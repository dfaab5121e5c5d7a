/** Whether two have the same parts; parts that are objects have to be the same ones. */
export function isAlike(one: object, other: object): boolean {
  const parts = new Map(Object.entries(one));
  const others = Object.entries(other);
  return (
    others.length === parts.size && others.every(([name, part]) => parts.has(name) && Object.is(parts.get(name), part))
  );
}
