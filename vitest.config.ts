import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: ["apps/*", "packages/*", "scripts"],
    // Two cores: more workers than that only wait for each other.
    maxWorkers: 2,
  },
});
