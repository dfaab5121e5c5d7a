/** A whole number of 1 to `most`, or undefined. */
export function readWhole(typed: string, most: number): number | undefined {
  const value = Number(typed);
  return Number.isInteger(value) && value >= 1 && value <= most ? value : undefined;
}
