/**
 * How long a test waits for what has to come, in milliseconds. A passing test takes none of it: it is there for a machine
 * that is several times slower than a desk's, or busy.
 */
export const patience = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  // Shorter: what did not come is then told by its own name.
  expect: { poll: { timeout: 90_000 } },
} as const;
