/**
 * Gives names that are free: the wanted one, or with a number. `numbered` says how a number, from 2 on, goes with a name.
 */
export function createNames(numbered: (count: number, name: string) => string): { name(wanted: string): string } {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return {
    name: (wanted) => {
      let count = counts.get(wanted) ?? 1;
      let name = count === 1 ? wanted : numbered(count, wanted);
      for (; taken.has(name); name = numbered(count, wanted)) count++;
      counts.set(wanted, count);
      taken.add(name);
      return name;
    },
  };
}
