import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: ["apps/*", "apps/web/browser", "packages/*", "scripts"],
    // Two cores: more workers than that only wait for each other.
    maxWorkers: 2,
  },
});
