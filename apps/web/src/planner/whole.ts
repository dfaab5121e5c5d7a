/** Calls `take` with a whole number of 1 to `most`; anything else leaves the field as it was. */
export function whole(typed: string, most: number, take: (value: number) => void): void {
  const value = Number(typed);
  if (Number.isInteger(value) && value >= 1 && value <= most) take(value);
}
