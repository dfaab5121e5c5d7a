/** Work keeps to working hours; everything else may stand on any day until the evening. */
export type Hours = "work" | "personal";

export function hoursOf(category: string): Hours {
  return category === "work" ? "work" : "personal";
}
