import { defineConfig } from "vitest/config";

export default defineConfig({
  // Property tests share two cores with everything else that runs.
  test: { name: "flags", testTimeout: 60_000 },
});
