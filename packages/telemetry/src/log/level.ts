/** From the most to the least important. */
export const levels = ["error", "warn", "info", "debug"] as const;
export type Level = (typeof levels)[number];

/** 0 for `error` … 3 for `debug`, as winston counts. */
export const rank: Readonly<Record<Level, number>> = { error: 0, warn: 1, info: 2, debug: 3 };
